// title: All case studies of a study, by site and name
// question: none of its own; reports have a section or a line for each
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: its id
//   name: its name
//   site: the name of its site; empty where none is recorded
MATCH (c:CaseStudy {study: $study})
OPTIONAL MATCH (c)-[:AT_SITE]->(s:Site)
WITH c, min(s.name) AS site
RETURN c.id AS id, c.name AS name, site
ORDER BY site, name, id
