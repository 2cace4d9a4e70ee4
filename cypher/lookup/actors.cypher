// title: People and groups by id, with their pseudonyms
// question: none of its own; names what claims refer to by id
// params:
//   ids: {type: list, meaning: their ids}
// returns:
//   id: its id
//   properties: what is known of it
UNWIND $ids AS id
MATCH (actor:Actor {id: id})
RETURN actor.id AS id, actor {.*} AS properties
