// title: The labels that anything in the store has
// question: none of its own; tells a misspelt label from one that nothing has yet
// params: none
// returns:
//   name: the label
CALL db.labels() YIELD label
RETURN label AS name
