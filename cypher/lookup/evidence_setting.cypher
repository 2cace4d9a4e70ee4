// title: A piece of evidence, the case studies it belongs to, and how many answers are kept about it
// question: 4. What is it that the time-line is about?
// params:
//   id: {type: text, meaning: the piece of evidence's id}
// returns:
//   properties: what is known of the piece of evidence itself
//   cases: the case studies, each with id, name and its site's name
//   answers: how many passages of forms are about it
MATCH (e:Evidence {id: $id})
OPTIONAL MATCH (e)-[:IN_CASE]->(c:CaseStudy)
OPTIONAL MATCH (c)-[:AT_SITE]->(s:Site)
WITH e, [entry IN collect(DISTINCT {id: c.id, name: c.name, site: s.name}) WHERE entry.id IS NOT NULL] AS cases
RETURN e {.*} AS properties, cases, COUNT { (e)<-[:ABOUT]-(:Extract) } AS answers
