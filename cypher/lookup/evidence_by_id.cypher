// title: A piece of evidence by its id
// question: none of its own; finds what other questions are about
// params:
//   id: {type: text, meaning: its id}
// returns:
//   id: its id
//   name: its title
//   aliases: other names it is known by
MATCH (e:Evidence {id: $id})
RETURN e.id AS id, e.name AS name, e.aliases AS aliases
