// title: The documents whose name may begin with these words, ignoring case, spacing and accents
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
//   text: {type: text, meaning: "the words in small letters, without accents"}
//   id: {type: text, meaning: "the id that they would begin, in small letters"}
//   other:
//     type: text
//     default: (?s).*([^ -~]|  ).*| .*
//     meaning: names with accents or odd spacing, which the caller compares itself
// returns:
//   id: its id
//   doc_number: its number
//   name: its title
//   aliases: other names it is known by
MATCH (d:Document {study: $study})
WHERE toLower(d.doc_number) STARTS WITH $text OR toLower(d.name) STARTS WITH $text OR toLower(d.id) STARTS WITH $id
   OR toLower(d.id) STARTS WITH $text OR d.doc_number =~ $other OR d.name =~ $other OR d.id =~ $other
   OR any(alias IN coalesce(d.aliases, []) WHERE toLower(alias) STARTS WITH $text OR alias =~ $other)
RETURN d.id AS id, d.doc_number AS doc_number, d.name AS name, d.aliases AS aliases
