// title: A document, the case studies it belongs to, and how many answers are kept about it
// question: 4. What is it that the time-line is about?
// params:
//   id: {type: text, meaning: the document's id}
// returns:
//   properties: what is known of the document itself
//   cases: the case studies, each with id, name and its site's name
//   answers: how many passages of forms are about it
MATCH (d:Document {id: $id})
OPTIONAL MATCH (d)-[:IN_CASE]->(c:CaseStudy)
OPTIONAL MATCH (c)-[:AT_SITE]->(s:Site)
WITH d, [entry IN collect(DISTINCT {id: c.id, name: c.name, site: s.name}) WHERE entry.id IS NOT NULL] AS cases
RETURN d {.*} AS properties, cases, COUNT { (d)<-[:ABOUT]-(:Extract) } AS answers
