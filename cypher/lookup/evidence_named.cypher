// title: The pieces of evidence that go by a name, ignoring case
// question: none of its own; finds what other questions are about
// params:
//   study: {type: text, meaning: the study's id}
//   text: {type: text, meaning: "the name in small letters: a title or another name it is known by"}
//   id: {type: text, meaning: "the id that the name would make, in small letters"}
// returns:
//   id: its id
//   name: its title
//   aliases: other names it is known by
MATCH (e:Evidence {study: $study})
WHERE toLower(e.name) = $text OR toLower(e.id) IN [$id, $text]
   OR any(alias IN coalesce(e.aliases, []) WHERE toLower(alias) = $text)
RETURN e.id AS id, e.name AS name, e.aliases AS aliases
