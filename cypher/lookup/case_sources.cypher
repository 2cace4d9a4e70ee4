// title: The interviews of a case study
// question: none of its own; fills in a coding workbook
// params:
//   id: {type: text, meaning: the id of the case study}
// returns:
//   id: the id of the interview or group discussion
MATCH (c:CaseStudy {id: $id})<-[:IN_CASE]-(s:DataSource)
WHERE s.kind IN ['interview', 'group_discussion']
RETURN DISTINCT s.id AS id
ORDER BY id
