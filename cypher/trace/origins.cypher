// title: Where a document or piece of evidence came from
// question: "1. Where did this document come from: who asked for it, wrote it, contributed, prompted by what?"
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   part: "their part in it: prompted, commissioned, generated, accessed, authored, contributed to"
//   who: the person, group, organisation or driver
//   who_id: its id
//   who_kind: its kind
//   reported_not_to_have_happened: whether it was reported not to have happened
//   purposes: for what purpose, in what role or with what effect, in the words of the claims
//   means: by what means or process, in the words of the claims
//   dates: when, in the words of the claims
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D07}
// boxes:
//   - document_extraction_template.origins_and_introduction.origins
//   - document_extraction_template.origins_and_introduction.contributors
//   - document_extraction_template.origins_and_introduction.production_processes
//   - document_extraction_template.drivers_revealed
// labels: {purposes: [author_role, driver_effect]}

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// what somebody or something did towards it
MATCH (maker)-[r:PROMPTED|COMMISSIONED|GENERATED|ACCESSED|AUTHORED|CONTRIBUTED_TO|NOT_PROMPTED|NOT_COMMISSIONED|
                 NOT_GENERATED|NOT_ACCESSED|NOT_AUTHORED|NOT_CONTRIBUTED_TO]->(item)
WHERE r.mode IN $modes AND r.confidence IN $confidences
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH maker, r, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY said_by, r.id
RETURN toLower(replace(replace(type(r), 'NOT_', ''), '_', ' ')) AS part, maker.name AS who, maker.id AS who_id,
       labels(maker)[0] AS who_kind, type(r) STARTS WITH 'NOT_' AS reported_not_to_have_happened,
       collect(DISTINCT coalesce(r.purpose, r.role, r.effect)) AS purposes,
       collect(DISTINCT coalesce(r.means, r.process)) AS means,
       collect(DISTINCT coalesce(r.date_text, toString(r.date_from))) AS dates,
       collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
ORDER BY part, reported_not_to_have_happened, who_id
