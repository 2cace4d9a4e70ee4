// title: Things of one kind by id
// question: none of its own; searches what is written
// params:
//   ids: {type: list, meaning: their ids}
// returns:
//   id: its id
//   name: its name
//   properties: what is recorded of it
UNWIND $ids AS thing_id
MATCH (n:Label {id: thing_id})
RETURN n.id AS id, n.name AS name, n {.*} AS properties
