// title: The actions that claims place at meetings
// question: none of its own; shows what is written
// params:
//   study: {type: text, meaning: the study's id}
//   ids: {type: list, meaning: ids of meetings}
// returns:
//   id: its id
//   label: its kind
//   name: its name
MATCH (n:Action {study: $study})-[r]-(other)
WHERE r.mode <> 'derived' AND type(r) <> 'WITHDRAWN' AND (r.at_meeting IN $ids OR other.id IN $ids)
RETURN DISTINCT n.id AS id, 'Action' AS label, n.name AS name
