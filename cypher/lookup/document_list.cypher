// title: All documents of a study by their names
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: its id
//   doc_number: its number
//   name: its title
//   aliases: other names it is known by
MATCH (d:Document {study: $study})
RETURN d.id AS id, d.doc_number AS doc_number, d.name AS name, d.aliases AS aliases
