// title: How many claims of a type there are in the store
// question: none of its own; a type can be known to a server, by an index, before there is a claim of it
// params: none
// returns:
//   number: how many claims
MATCH ()-[r:CLAIM_TYPE]->()
RETURN count(r) AS number
