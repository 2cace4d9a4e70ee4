// title: The documents that go by a name, ignoring case
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
//   text: {type: text, meaning: "the name in small letters: a number, a title or another name it is known by"}
//   id: {type: text, meaning: "the id that the name would make, in small letters"}
// returns:
//   id: its id
//   doc_number: its number
//   name: its title
//   aliases: other names it is known by
MATCH (d:Document {study: $study})
WHERE toLower(d.doc_number) = $text OR toLower(d.name) = $text OR toLower(d.id) IN [$id, $text]
   OR any(alias IN coalesce(d.aliases, []) WHERE toLower(alias) = $text)
RETURN d.id AS id, d.doc_number AS doc_number, d.name AS name, d.aliases AS aliases
