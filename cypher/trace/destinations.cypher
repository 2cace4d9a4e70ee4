// title: Where a document or piece of evidence went, for what purpose and with what impact
// question: 7. Where else did it go, inside and outside the organisation, for what purpose, with what impact?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   place: the meeting, group, organisation or person that it reached or influenced
//   place_id: its id
//   place_kind: its kind
//   carried_by: the document itself; for evidence also each document that presents it
//   carried_by_id: its id
//   ways: sent to, tabled at, came up at, influenced
//   reported_not_to_have_happened: whether it was reported not to have happened
//   reach: inside or outside its makers' organisation, as a claim says, else by where people belong; or not known
//   purposes: for what purpose, in the words of the claims
//   impact: how much it influenced the place and why, in the words of the claims
//   date_from: the earliest possible day of any of the claims
//   date_to: the latest possible day of any of the claims
//   dated_claims: how many of the claims have a date
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D24}
// boxes:
//   - document_extraction_template.where_else_gone

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// what carries it
CALL (item) {
  RETURN item AS carrier
  UNION
  MATCH (item)-[r:PRESENTED_IN]->(carrier:Document)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN carrier
}

// where that went
CALL (carrier) {
  MATCH (carrier)-[r:SENT_TO|TABLED_AT|INFLUENCED|NOT_SENT_TO|NOT_TABLED_AT|NOT_INFLUENCED]->(place)
  WHERE NOT place:Action
  RETURN r, place, replace(type(r), 'NOT_', '') AS way
  UNION
  MATCH (carrier)-[r]-()
  WHERE NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
  MATCH (place:Meeting {id: coalesce(r.at_meeting, '')})
  RETURN r, place, 'CAME_UP_AT' AS way
}
WITH carrier, place, r, toLower(replace(way, '_', ' ')) AS way,
     coalesce(r.degree + ': ' + r.why, r.degree, r.why) AS much
ORDER BY way, r.id
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
WITH carrier, place, type(r) STARTS WITH 'NOT_' AS not_so, collect(DISTINCT way) AS ways,
     collect(DISTINCT CASE way WHEN 'sent to' THEN r.purpose END) AS purposes, collect(DISTINCT much) AS impact,
     collect(DISTINCT r.within_organisation) AS within, min(r.date_from) AS date_from, max(r.date_to) AS date_to,
     count(DISTINCT CASE WHEN coalesce(r.date_from, r.date_to) IS NOT NULL THEN r END) AS dated_claims,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS claims

// the organisations of its makers, and of the place
WITH *, COLLECT {
  MATCH (carrier)<-[r:AUTHORED|GENERATED]-(:Actor)-[m:MEMBER_OF]->(o:Organisation)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND m.mode IN $modes AND m.confidence IN $confidences
  RETURN o.id
  UNION
  MATCH (carrier)<-[r:AUTHORED|GENERATED]-()-[sits:SITS_IN*0..3]->(o:Organisation)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND all(x IN sits WHERE x.mode IN $modes AND x.confidence IN $confidences)
  RETURN o.id
} AS home, COLLECT {
  MATCH (place)-[m:MEMBER_OF]->(o:Organisation)
  WHERE m.mode IN $modes AND m.confidence IN $confidences
  RETURN o.id
  UNION
  MATCH (place)-[sits:OF_ARENA|SITS_IN*0..4]->(o:Organisation)
  WHERE all(x IN sits WHERE type(x) = 'OF_ARENA' OR x.mode IN $modes AND x.confidence IN $confidences)
  RETURN o.id
} AS there
RETURN coalesce(place.name, place.id) AS place, place.id AS place_id, labels(place)[0] AS place_kind,
       carrier.name AS carried_by, carrier.id AS carried_by_id, ways, not_so AS reported_not_to_have_happened,
       CASE WHEN true IN within THEN 'inside' WHEN false IN within THEN 'outside'
            WHEN home = [] OR there = [] THEN 'not known'
            WHEN any(o IN there WHERE o IN home) THEN 'inside' ELSE 'outside' END AS reach,
       purposes, impact, date_from, date_to, dated_claims, sources, claims
// a date known only as 2011 stands behind what is certain of that year
ORDER BY carried_by_id, coalesce(date_to, date_from) IS NULL, coalesce(date_to, date_from), date_from IS NULL, date_from,
         place_id, reported_not_to_have_happened
