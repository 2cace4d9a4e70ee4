// title: How many passages have some codes
// question: 25, 26, 27, 28, 29, 30. What is coded that bears on the question?
// params:
//   study: {type: text, meaning: the study's id}
//   codes: {type: list, meaning: "the keys of the codes, as text"}
//   site: {type: text, default: null, meaning: the id of a site}
//   case: {type: text, default: null, meaning: the id of a case study}
// returns:
//   code: the key of a code that passages have
//   label: its label; empty where the label was not recovered
//   passages: number of passages that have it
//   sources: number of sources they are from
MATCH (k:Code {study: $study})<-[:CODED_AS]-(x:Extract)
WHERE k.code IN $codes
// where: where the source belongs, else its meeting, else what the passage is about
OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
OPTIONAL MATCH (source)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
WITH k, x, source, coalesce(own, met, about) AS c
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH k, x, source, site
WHERE $site IS NULL OR site.id = $site
RETURN k.code AS code, k.label AS label, count(DISTINCT x) AS passages, count(DISTINCT source) AS sources
ORDER BY toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code
