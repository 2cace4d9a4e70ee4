// title: Sources by id, with what kind they are and their dates
// question: none of its own; names what claims refer to by id
// params:
//   ids: {type: list, meaning: their ids}
// returns:
//   id: its id
//   properties: what is known of it
UNWIND $ids AS id
MATCH (source:DataSource {id: id})
RETURN source.id AS id, source {.*} AS properties
