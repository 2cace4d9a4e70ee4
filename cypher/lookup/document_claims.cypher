// title: Every claim that touches a document
// question: 1, 2, 4, 5, 6, 7, 11. What is its full dated time-line, according to whom?
// params:
//   id: {type: text, meaning: the document's id}
// returns:
//   type: the kind of claim
//   outgoing: whether the document is where the claim starts
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   label: the kind of the other end
//   id: the other end's id
//   name: the other end's name
MATCH (d:Document {id: $id})-[r]-(other)
WHERE type(r) <> 'ABOUT'
RETURN type(r) AS type, startNode(r).id = d.id AS outgoing, r {.*} AS claim,
       labels(other)[0] AS label, other.id AS id, other.name AS name
