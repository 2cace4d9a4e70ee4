// title: "Where documents went: the meetings they came to, and to whom they were sent"
// question: 7. Where else did it go, carried by the documents that present it?
// params:
//   ids: {type: list, meaning: ids of the documents}
//   types: {type: list, default: [TABLED_AT, SENT_TO], meaning: kinds of claim to follow}
// returns:
//   document: the document's id
//   document_name: the document's title
//   type: the kind of claim
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   label: the kind of the other end
//   id: the other end's id
//   name: the other end's name
UNWIND $ids AS document_id
MATCH (d:Document {id: document_id})
MATCH (d)-[r]->(other)
WHERE type(r) IN $types
RETURN d.id AS document, d.name AS document_name, type(r) AS type, r {.*} AS claim,
       labels(other)[0] AS label, other.id AS id, other.name AS name
