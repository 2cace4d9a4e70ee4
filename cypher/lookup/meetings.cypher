// title: Meetings by id, with their dates
// question: none of its own; names what claims refer to by id
// params:
//   ids: {type: list, meaning: their ids}
// returns:
//   id: its id
//   properties: what is known of it
UNWIND $ids AS id
MATCH (meeting:Meeting {id: id})
RETURN meeting.id AS id, meeting {.*} AS properties
