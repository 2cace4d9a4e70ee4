// title: Which organisations people belong to, and in which role
// question: 19. Which actors bridge organisations?
// params:
//   ids: {type: list, meaning: ids of the people and groups}
// returns:
//   actor: the person's id
//   role: what they are by profession or position, where the registers say so
//   id: the organisation's id; empty for people of none
//   name: the organisation's name
UNWIND $ids AS actor_id
MATCH (a:Actor {id: actor_id})
OPTIONAL MATCH (a)-[:MEMBER_OF]->(o:Organisation)
RETURN DISTINCT a.id AS actor, a.designation AS role, o.id AS id, o.name AS name
