// title: A document by its id
// question: none of its own; finds what other questions are about
// params:
//   id: {type: text, meaning: its id}
// returns:
//   id: its id
//   doc_number: its number
//   name: its title
//   aliases: other names it is known by
MATCH (d:Document {id: $id})
RETURN d.id AS id, d.doc_number AS doc_number, d.name AS name, d.aliases AS aliases
