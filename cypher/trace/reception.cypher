// title: Who contested, supported or received a document or piece of evidence, on what grounds, and how it ended
// question: 5, 6. Who contested it, on what aspect and grounds, and how did that end? Who supported it?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   stance: contested, supported, championed or received
//   who: the person, group or organisation
//   who_id: its id
//   who_kind: its kind
//   aspect: what it was about; of a reception, the reaction
//   grounds: on what grounds
//   manner: how
//   outcome: how it ended
//   meeting: the meeting at which it happened
//   meeting_id: its id
//   date_from: the earliest possible day
//   date_to: the latest possible day
//   dates: when, in the words of the claims
//   dated_claims: how many of the claims have a date
//   reported_not_to_have_happened: whether it was reported not to have happened
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims; an account in other words is a row of its own
// example: {document: D07}
// boxes:
//   - document_extraction_template.reception_and_contestation

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

MATCH (taker)-[r:CONTESTED|SUPPORTED|CHAMPIONED|RECEIVED|
                 NOT_CONTESTED|NOT_SUPPORTED|NOT_CHAMPIONED|NOT_RECEIVED]->(item)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
OPTIONAL MATCH (m:Meeting {id: coalesce(r.at_meeting, '')})
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH taker, r, m, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY said_by, r.id
RETURN toLower(replace(type(r), 'NOT_', '')) AS stance, taker.name AS who, taker.id AS who_id,
       labels(taker)[0] AS who_kind, coalesce(r.aspect, r.reaction) AS aspect, r.grounds AS grounds,
       coalesce(r.manner, r.strategy) AS manner,
       r.outcome AS outcome, coalesce(m.name, m.id) AS meeting, m.id AS meeting_id,
       r.date_from AS date_from, r.date_to AS date_to, collect(DISTINCT r.date_text) AS dates,
       count(coalesce(r.date_from, r.date_to)) AS dated_claims,
       type(r) STARTS WITH 'NOT_' AS reported_not_to_have_happened,
       collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
// a date known only as 2011 stands behind what is certain of that year
ORDER BY stance, coalesce(date_to, date_from) IS NULL, coalesce(date_to, date_from), date_from IS NULL, date_from, who_id,
         reported_not_to_have_happened, claims[0]
