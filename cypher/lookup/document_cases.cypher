// title: The case studies that documents belong to
// question: none of its own; tells things with the same name apart
// params:
//   ids: {type: list, meaning: ids of documents}
// returns:
//   id: its id
//   case_study: the case study's title
UNWIND $ids AS id
MATCH (d:Document {id: id})
MATCH (d)-[:IN_CASE]->(c:CaseStudy)
RETURN d.id AS id, c.name AS case_study
