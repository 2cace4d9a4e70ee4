// title: What is at a site or in a case study, by its own ties or those of its group or case study
// question: none of its own; searches what is written
// params:
//   id: {type: text, meaning: the id of the site or case study}
// returns:
//   id: the id of what is there
MATCH (place:Label {id: $id})<-[:AT_SITE|IN_CASE|OF_ARENA*1..3]-(x)
RETURN DISTINCT x.id AS id
