// title: The case studies that pieces of evidence belong to
// question: none of its own; tells things with the same name apart
// params:
//   ids: {type: list, meaning: ids of pieces of evidence}
// returns:
//   id: its id
//   case_study: the case study's title
UNWIND $ids AS id
MATCH (e:Evidence {id: id})
MATCH (e)-[:IN_CASE]->(c:CaseStudy)
RETURN e.id AS id, c.name AS case_study
