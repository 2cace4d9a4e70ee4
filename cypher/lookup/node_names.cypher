// title: All nodes of one kind by their names
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: its id
//   name: its name
//   aliases: other names it is known by
MATCH (n:Label {study: $study})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
