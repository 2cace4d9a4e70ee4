// title: The header of a form about a case study
// question: none of its own; fills in a form about it
// params:
//   id: {type: text, meaning: the id of the case study}
// returns:
//   case_study_and_site: the id of the case study, without the study's
//   site: the name of its site
//   data_period: when the data were collected, in the registers' words
MATCH (c:CaseStudy {id: $id})
OPTIONAL MATCH (c)-[:AT_SITE]->(s:Site)
WITH c, min(s.name) AS site
RETURN split(c.id, ':')[2] AS case_study_and_site, site, c.data_period AS data_period
