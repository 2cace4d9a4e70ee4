// title: Claims of one kind by id, with their ends
// question: none of its own; shows what an answer rests on
// params:
//   ids: {type: list, meaning: ids of claims}
//   among: {type: map, meaning: "the same ids, each with true"}
// returns:
//   type: the kind of claim
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   from_id: the id of the end it starts at
//   from_label: the kind of that end
//   from_name: its name
//   id: the other end's id
//   label: the kind of the other end
//   name: the other end's name
MATCH (a)-[r:CLAIM_TYPE]->(b)
// the list finds them in an index; where there is none, a claim is looked up in the map and not compared with all
WHERE $among[r.id] IS NOT NULL AND r.id IN $ids
RETURN type(r) AS type, r {.*} AS claim, a.id AS from_id, labels(a)[0] AS from_label, a.name AS from_name,
       b.id AS id, labels(b)[0] AS label, b.name AS name
