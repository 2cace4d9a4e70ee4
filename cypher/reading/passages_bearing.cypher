// title: The passages and answers that bear on a row of the summary tables, or on a finding
// question: none of its own; shows what is written
// params:
//   id: {type: text, meaning: its id}
// returns:
//   passage: "what it holds: the words, mode, speaker, place, where it was written"
//   about: what it is about, each with id, label and name
//   sources: where it is from, each with id, label, name and dates
//   codes: what it is coded as, each with id, code, name and coder
//   rows: "the rows of the summary tables and findings that it bears on, each with id, label, how, how sure and coder"
MATCH (n:Label {id: $id})<-[:BEARS_ON]-(x:Extract)
WITH DISTINCT x
RETURN x {.*} AS passage,
       COLLECT { MATCH (x)-[:ABOUT]->(a) RETURN a {.id, .name, label: labels(a)[0]} } AS about,
       COLLECT { MATCH (x)-[:FROM]->(s:DataSource)
                 RETURN s {.id, .name, .kind, .date_text, .date_from, .date_to, .date_precision, label: 'DataSource'} }
         AS sources,
       COLLECT { MATCH (x)-[k:CODED_AS]->(c:Code) RETURN c {.id, .code, name: c.label, coder: k.coder} } AS codes,
       COLLECT { MATCH (x)-[k:BEARS_ON]->(f)
                 RETURN f {.id, .row_id, .name, label: labels(f)[0], direction: k.direction, how_sure: k.how_sure,
                           coder: k.coder} } AS rows
