// title: All sites of a study by their names
// question: none of its own; reports have a column or a line for each
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: its id
//   name: its name
MATCH (s:Site {study: $study})
RETURN s.id AS id, s.name AS name
ORDER BY name, id
