// title: "What became of actions: who took them away, what they resulted from, where they arose"
// question: 13. Which recommendations in it led to an action, and which were dropped?
// params:
//   ids: {type: list, meaning: ids of the actions}
//   types:
//     type: list
//     default: [RESULTED_IN, ARISES_FROM, TOOK_AWAY, CHAMPIONED, RESPONSIBLE_FOR]
//     meaning: kinds of claim
// returns:
//   action: the action's id
//   action_name: the action's name
//   type: the kind of claim
//   outgoing: whether the action is where the claim starts
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   label: the kind of the other end
//   id: the other end's id
//   name: the other end's name
UNWIND $ids AS action_id
MATCH (action:Action {id: action_id})
MATCH (action)-[r]-(other)
WHERE type(r) IN $types
RETURN action.id AS action, action.name AS action_name, type(r) AS type, startNode(r).id = action.id AS outgoing,
       r {.*} AS claim, labels(other)[0] AS label, other.id AS id, other.name AS name
