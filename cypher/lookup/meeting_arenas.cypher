// title: Which arena each meeting was a sitting of
// question: 2. Who introduced it to the group, when, at which meeting?
// params:
//   ids: {type: list, meaning: ids of the meetings}
// returns:
//   meeting: the meeting's id
//   id: the arena's id
//   name: the arena's name
UNWIND $ids AS meeting_id
MATCH (m:Meeting {id: meeting_id})-[:OF_ARENA]->(a:Arena)
RETURN m.id AS meeting, a.id AS id, a.name AS name
