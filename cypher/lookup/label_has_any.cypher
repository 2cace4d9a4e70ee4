// title: Whether anything in the store has a label
// question: none of its own; a label can be known to a server, by an index, before anything has it
// params: none
// returns:
//   id: the id of one thing that has it
MATCH (n:Label)
RETURN n.id AS id
LIMIT 1
