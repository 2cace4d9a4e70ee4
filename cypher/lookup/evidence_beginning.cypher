// title: The pieces of evidence whose name may begin with these words, ignoring case, spacing and accents
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
//   name: its title
//   aliases: other names it is known by
MATCH (e:Evidence {study: $study})
WHERE toLower(e.name) STARTS WITH $text OR toLower(e.id) STARTS WITH $id
   OR toLower(e.id) STARTS WITH $text OR e.name =~ $other OR e.id =~ $other
   OR any(alias IN coalesce(e.aliases, []) WHERE toLower(alias) STARTS WITH $text OR alias =~ $other)
RETURN e.id AS id, e.name AS name, e.aliases AS aliases
