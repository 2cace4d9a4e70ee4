// title: The kinds of claim that there are in the store
// question: none of its own; tells a misspelt kind of claim from one that nobody has made yet
// params: none
// returns:
//   name: the kind of claim
CALL db.relationshipTypes() YIELD relationshipType
RETURN relationshipType AS name
