// title: How many nodes in the store have a label
// question: none of its own; a label can be known to a server, by an index, before anything has it
// params: none
// returns:
//   number: how many nodes
MATCH (n:Label)
RETURN count(n) AS number
