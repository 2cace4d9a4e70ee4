// title: Every claim and every tie that touches things of one kind, but for passages about them
// question: none of its own; shows what is written
// params:
//   ids: {type: list, meaning: their ids}
//   passage_ties: {type: list, meaning: kinds of claim that place a passage and are read elsewhere}
// returns:
//   type: the kind of claim
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   from_id: the id of the end it starts at
//   from_label: the kind of that end
//   from_name: its name
//   id: the id of the end it leads to
//   label: the kind of that end
//   name: its name
UNWIND $ids AS id
MATCH (n:Label {id: id})-[r]-(other)
WHERE NOT (type(r) IN $passage_ties AND other:Extract)
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN type(r) AS type, r {.*} AS claim, a.id AS from_id, labels(a)[0] AS from_label, a.name AS from_name,
       b.id AS id, labels(b)[0] AS label, b.name AS name
