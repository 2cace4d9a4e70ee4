// title: Whether there is any claim of a type
// question: none of its own; a type can be known to a server, by an index, before there is a claim of it
// params: none
// returns:
//   id: the id of one such claim
MATCH ()-[r:CLAIM_TYPE]->()
RETURN r.id AS id
LIMIT 1
