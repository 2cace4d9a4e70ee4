// title: The findings that are written in these files, or that are about one thing
// question: none of its own; shows what is written
// params:
//   study: {type: text, meaning: the study's id}
//   files: {type: list, default: [], meaning: "files, as the graph names them"}
//   about: {type: text, default: null, meaning: the id of what they are about}
// returns:
//   finding: what it holds
//   about: what it is about, each with id, label and name
MATCH (f:Finding {study: $study})
WHERE f.file IN $files OR ($about IS NOT NULL AND EXISTS { (f)-[:ABOUT]->({id: $about}) })
RETURN f {.*} AS finding,
       COLLECT { MATCH (f)-[:ABOUT]->(a) RETURN a {.id, .name, label: labels(a)[0]} } AS about
