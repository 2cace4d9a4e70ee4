// title: Timeline of a document or piece of evidence, with uncertain dates as ranges
// question: 4. What is its full dated time-line, with uncertain dates shown as ranges?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes:
//     type: list
//     vocabulary: mode
//     terms: [not_stated]
//     default: all but derived
//     meaning: how a claim was noted
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   date_from: the earliest possible day
//   date_to: the latest possible day
//   time: the time of day, where one is written
//   dates: when, in the words of the claims
//   dated_claims: how many of the claims have a date
//   who: the start of the claim; for the date that a document bears, the document
//   who_id: its id
//   what: the kind of claim; dated, for the date that a document bears
//   to_whom: the end of the claim
//   to_whom_id: its id
//   meeting: the meeting at which it happened
//   meeting_id: its id
//   reported_not_to_have_happened: whether it was reported not to have happened
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims; none for the date that a document bears
// example: {document: D07}
// boxes:
//   - document_extraction_template.origins_and_introduction
//   - document_extraction_template.reception_and_contestation
//   - document_extraction_template.where_else_gone
//   - document_extraction_template.journey_evidence_uses

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// what is said of it, and the date that it bears
CALL (item) {
  MATCH (item)-[r]-()
  WHERE type(r) <> 'WITHDRAWN' AND r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  RETURN r, CASE WHEN type(r) STARTS WITH 'NOT_' THEN substring(type(r), 4) ELSE type(r) END AS what,
         startNode(r) AS start, endNode(r) AS end, r.at_meeting AS at,
         r.date_from AS date_from, r.date_to AS date_to, r.date_text AS words, r.date_time AS time
  UNION ALL
  WITH item
  WHERE item.date_text IS NOT NULL AND $scope IS NULL
  RETURN null AS r, 'DATED' AS what, item AS start, null AS end, null AS at,
         item.date_from AS date_from, item.date_to AS date_to, item.date_text AS words, item.date_time AS time
}
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH r, what, start, end, at, date_from, date_to, words, time, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY coalesce(date_to, date_from), date_from, said_by, r.id
WHERE ($from IS NULL OR date_to IS NULL OR date_to >= $from)
  AND ($to IS NULL OR date_from IS NULL OR date_from <= $to)

// a claim with neither day nor meeting tells of no further act where its source places the same act, or all place it
// alike
WITH what, start, end, coalesce(type(r) STARTS WITH 'NOT_', false) AS not_so, collect({
  r: r, at: at, date_from: date_from, date_to: date_to, words: words, time: time, said_by: said_by,
  place: coalesce(toString(date_from), '') + '/' + coalesce(toString(date_to), '') + '/' + coalesce(at, '')
}) AS told
WITH what, start, end, told, [t IN told WHERE t.place <> '//'] AS placed
UNWIND told AS t
WITH what, start, end, t, CASE WHEN t.place <> '//' THEN t ELSE coalesce(
  head([p IN placed WHERE p.said_by = t.said_by]),
  CASE WHEN all(p IN placed WHERE p.place = head(placed).place) THEN head(placed) END, t) END AS place
OPTIONAL MATCH (m:Meeting {id: coalesce(place.at, '')})
WITH t.r AS r, what, start, end, m, place.date_from AS date_from, place.date_to AS date_to, place.time AS time,
     t.words AS words, t.said_by AS said_by
ORDER BY said_by, r.id
RETURN date_from, date_to, time, collect(DISTINCT words) AS dates,
       count(coalesce(r.date_from, r.date_to)) AS dated_claims,
       start.name AS who, start.id AS who_id, toLower(replace(what, '_', ' ')) AS what,
       coalesce(end.name, end.id) AS to_whom, end.id AS to_whom_id, coalesce(m.name, m.id) AS meeting,
       m.id AS meeting_id, coalesce(type(r) STARTS WITH 'NOT_', false) AS reported_not_to_have_happened,
       collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
// a date known only as 2011 stands behind what is certain of that year
ORDER BY coalesce(date_to, date_from) IS NULL, coalesce(date_to, date_from), date_from IS NULL, date_from,
         time IS NULL, time, what, who_id, to_whom_id, meeting_id, reported_not_to_have_happened
