// title: Every passage of a source with its codes
// question: none of its own; an export takes the passages from it
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   source: the id of the source
//   source_title: what the source is called
//   passage: the id of the passage
//   text: its words
//   place: its place
//   field: where it was written, which tells an imported note from a passage
//   code: the key of a code that it has; empty for a passage without one
//   coder: who coded it, by initials; empty where that is not recorded
//   coded_at: when, as written
//   remark: what the coder remarked
MATCH (s:DataSource {study: $study})<-[:FROM]-(x:Extract)
OPTIONAL MATCH (x)-[r:CODED_AS]->(k:Code)
WITH s, x, r, k
WHERE k IS NOT NULL OR x.instrument_field STARTS WITH 'imported_project.'
RETURN s.id AS source, coalesce(s.description, s.id) AS source_title, x.id AS passage, x.text AS text,
       x.locator AS place, x.instrument_field AS field, k.code AS code, r.coder AS coder, r.coded_at AS coded_at,
       r.remark AS remark
ORDER BY source, passage, code, coder
