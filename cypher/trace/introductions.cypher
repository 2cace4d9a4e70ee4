// title: Who introduced a document or piece of evidence, and according to whom
// question: 2. Who introduced it to the group, when, at which meeting, and according to whom?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   actor: who introduced it
//   actor_id: their id
//   meeting: the meeting at which it was introduced; empty where no meeting is named
//   meeting_id: its id
//   arenas: the groups that met; where no meeting is named, the group in the words of the claims
//   date_from: the earliest possible day
//   date_to: the latest possible day
//   dates: when, in the words of the claims
//   dated_claims: how many of the claims have a date
//   reported_not_to_have_happened: whether it was reported not to have happened
//   manner: how, in the words of the claims
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D07}
// boxes:
//   - document_extraction_template.origins_and_introduction.introduced_by

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// introductions; accounts with other dates are rows of their own
MATCH (a:Actor)-[r:INTRODUCED|NOT_INTRODUCED]->(item)
WHERE r.mode IN $modes AND r.confidence IN $confidences
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH a, r, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY coalesce(r.date_to, r.date_from), r.date_from, said_by, r.id

// the answer to "who introduced it?", with neither day nor meeting, tells of no further introduction where its source
// places it, or all place it alike
WITH a, type(r) = 'NOT_INTRODUCED' AS not_so, collect({
  r: r, said_by: said_by,
  place: coalesce(toString(r.date_from), '') + '/' + coalesce(toString(r.date_to), '') + '/' + coalesce(r.at_meeting,
       '')
}) AS told
WITH a, not_so, told, [t IN told WHERE t.place <> '//'] AS placed
UNWIND told AS t
WITH a, not_so, t.r AS r, t.said_by AS said_by, CASE WHEN t.place <> '//' THEN t ELSE coalesce(
  head([p IN placed WHERE p.said_by = t.said_by]),
  CASE WHEN all(p IN placed WHERE p.place = head(placed).place) THEN head(placed) END, t) END AS place
OPTIONAL MATCH (m:Meeting {id: coalesce(place.r.at_meeting, '')})
WITH a, not_so, r, said_by, m, place.r.date_from AS date_from, place.r.date_to AS date_to
ORDER BY said_by, r.id
WITH a, m, date_from, date_to, not_so,
     collect(DISTINCT r.to_arena) AS told, collect(DISTINCT r.date_text) AS dates, collect(DISTINCT r.manner) AS manner,
     count(coalesce(r.date_from, r.date_to)) AS dated_claims, collect(DISTINCT said_by) AS according_to,
     count(DISTINCT r.source) AS sources, collect(r.id) AS claims
WITH *, COLLECT { MATCH (m)-[:OF_ARENA]->(g:Arena) RETURN g.name ORDER BY g.name } AS met
RETURN a.name AS actor, a.id AS actor_id, coalesce(m.name, m.id) AS meeting, m.id AS meeting_id,
       CASE met WHEN [] THEN told ELSE met END AS arenas, date_from, date_to, dates, dated_claims,
       not_so AS reported_not_to_have_happened, manner,
       according_to, sources, claims
// a date known only as 2011 stands behind what is certain of that year
ORDER BY coalesce(date_to, date_from) IS NULL, coalesce(date_to, date_from), date_from IS NULL, date_from,
         reported_not_to_have_happened, actor_id, meeting_id
