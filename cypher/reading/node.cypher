// title: One thing of the study, with everything that is recorded of it
// question: none of its own; shows what is written
// params:
//   id: {type: text, meaning: its id}
// returns:
//   id: its id
//   name: its name
//   properties: what is recorded of it
MATCH (n:Label {id: $id})
RETURN n.id AS id, n.name AS name, n {.*} AS properties
