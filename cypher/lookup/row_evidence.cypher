// title: What bears on the rows of the summary tables, passage by passage
// question: none of its own; the passages behind the summary tables by site
// params:
//   study: {type: text, meaning: the study's id}
//   item: {type: text, default: null, meaning: "the id of a row, such as T1-07; left out, all rows"}
// returns:
//   item: the id of the row in its table
//   evidence_id: the id of the passage, or of the finding that bears on it
//   words: its words
//   speaker: who said them; empty where nobody is named
//   mode: how the words were recorded
//   place: page, line or time in the source
//   source: the name of the source
//   source_id: its id
//   source_kind: the kind of source
//   direction: how it bears on the row; empty where nobody said
//   how_sure: how sure the researcher is
//   coder: who said so
//   claim: the id of the link
// example: {item: "T1-07"}
// labels: {mode: mode, direction: bearing, how_sure: confidence, source_kind: source_kind}

CALL () {
  MATCH (e)-[r:BEARS_ON]->(f:Finding {study: $study})
  WHERE f.row_id IS NOT NULL
  RETURN e, r, f.row_id AS found
  UNION ALL
  MATCH (e)-[r:BEARS_ON]->(q:ResearchQuestion {study: $study})
  WHERE q.row_id IS NOT NULL
  RETURN e, r, q.row_id AS found
}
WITH e, r, found
WHERE $item IS NULL OR found = $item
OPTIONAL MATCH (e)-[:FROM]->(source:DataSource)
OPTIONAL MATCH (who:Actor {id: coalesce(e.spoken_by, '')})
RETURN found AS item, e.id AS evidence_id, e.text AS words, coalesce(who.name, e.speaker) AS speaker, e.mode AS mode, e.locator AS place,
       source.name AS source, source.id AS source_id, source.kind AS source_kind, r.direction AS direction,
       r.how_sure AS how_sure, r.coder AS coder, r.id AS claim
ORDER BY item, source, source_id, place, evidence_id, claim
