// title: All pieces of evidence of a study by their names
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: its id
//   name: its title
//   aliases: other names it is known by
MATCH (e:Evidence {study: $study})
RETURN e.id AS id, e.name AS name, e.aliases AS aliases
