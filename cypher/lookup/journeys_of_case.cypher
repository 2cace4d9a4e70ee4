// title: The documents and evidence of a case study, whose journeys a report lists
// question: none of its own; the report of a case study lists them
// params:
//   id: {type: text, meaning: the id of the case study}
// returns:
//   id: the id of a document or piece of evidence
//   name: its title
MATCH (c:CaseStudy {id: $id})<-[:IN_CASE]-(d)
WHERE labels(d)[0] IN ['Document', 'Evidence']
RETURN DISTINCT d.id AS id, d.name AS name
