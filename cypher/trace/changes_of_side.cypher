// title: Who both contested and supported a document or piece of evidence, and in which order
// question: 6. Did anyone move from contesting to supporting?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   sides: {type: map, default: sides of claim kinds, meaning: "the side that each kind of claim takes"}
// returns:
//   who: the person, group or organisation
//   who_id: its id
//   who_kind: its kind
//   change: "contested, then supported; supported, then contested; both on the same day; order not known; or no change:
//     different aspects"
//   aspects: "the same aspect (or no aspect named on either side); perhaps the same, where only one names an aspect; or
//     different"
//   contested_on: the aspects that it contested, where named
//   supported_on: the aspects that it supported, where named
//   contested_at: the meetings at which it contested, else the dates
//   supported_at: the meetings at which it supported or championed, else the dates
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D07}
// boxes:
//   - document_extraction_template.reception_and_contestation

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// each contesting with each supporting by the same
MATCH (side)-[against]->(item)
WHERE $sides[type(against)] = 'contested' AND against.mode IN $modes AND against.confidence IN $confidences
  AND ($scope IS NULL OR against.scope IN [$scope, 'both'])
MATCH (side)-[for]->(item)
WHERE $sides[type(for)] = 'supported' AND for.mode IN $modes AND for.confidence IN $confidences
  AND ($scope IS NULL OR for.scope IN [$scope, 'both'])
WITH side, against, for,
     CASE WHEN against.aspect_key = for.aspect_key THEN 'the same'
          WHEN against.aspect_key IS NULL AND for.aspect_key IS NULL THEN 'the same'
          WHEN against.aspect_key IS NULL OR for.aspect_key IS NULL THEN 'perhaps the same'
          ELSE 'different' END AS aspects
WITH side, against, for, aspects,
     CASE WHEN aspects = 'different' THEN 'no change: different aspects'
          WHEN against.date_to < for.date_from THEN 'contested, then supported'
          WHEN for.date_to < against.date_from THEN 'supported, then contested'
          WHEN against.date_from = against.date_to AND for.date_from = for.date_to
            AND against.date_from = for.date_from THEN 'both on the same day'
          ELSE 'order not known' END AS change

// by the order in which they lie
UNWIND [against, for] AS r
OPTIONAL MATCH (m:Meeting {id: coalesce(r.at_meeting, '')})
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH DISTINCT side, change, aspects, r, coalesce(m.name, m.id, r.date_text, toString(r.date_from)) AS at,
     coalesce(s.name, s.id, r.file) AS said_by
ORDER BY coalesce(r.date_to, r.date_from), r.date_from, said_by, r.id
RETURN side.name AS who, side.id AS who_id, labels(side)[0] AS who_kind, change, aspects,
       collect(DISTINCT CASE $sides[type(r)] WHEN 'contested' THEN r.aspect END) AS contested_on,
       collect(DISTINCT CASE $sides[type(r)] WHEN 'supported' THEN r.aspect END) AS supported_on,
       collect(DISTINCT CASE $sides[type(r)] WHEN 'contested' THEN at END) AS contested_at,
       collect(DISTINCT CASE $sides[type(r)] WHEN 'supported' THEN at END) AS supported_at,
       collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
ORDER BY who_id, change, aspects
