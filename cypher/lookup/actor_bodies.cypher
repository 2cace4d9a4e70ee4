// title: Which organisations people belong to
// question: 19. Which actors bridge organisations?
// params:
//   ids: {type: list, meaning: ids of the people and groups}
// returns:
//   actor: the person's id
//   id: the organisation's id
//   name: the organisation's name
UNWIND $ids AS actor_id
MATCH (a:Actor {id: actor_id})-[r:MEMBER_OF]->(o:Organisation)
RETURN DISTINCT a.id AS actor, o.id AS id, o.name AS name
