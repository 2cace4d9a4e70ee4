// title: Passages by code and site
// question: At which sites is each code used, in how many passages, and by which coders?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   sheet: {type: text, default: null, meaning: "the number of a sheet of the codebook; left out, all sheets"}
//   coder: {type: text, default: null, meaning: "the initials of a coder; left out, all coders"}
// returns:
//   code: the code, as text
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   codebook_sheet: the number of its sheet
//   group: the heading over it in the codebook; empty where there is none
//   site: the site; empty for passages that belong to none
//   site_id: its id
//   passages: number of passages
//   sources: number of interviews and other sources they are from
//   coders: who coded them so
//   claims: ids of the links from passages to the code
// example: {sheet: "8"}

MATCH (k:Code {study: $study})
WHERE $sheet IS NULL OR k.codebook_sheet = $sheet
CALL (k) {
  MATCH (k)<-[r:CODED_AS]-(x:Extract)
  WHERE $coder IS NULL OR r.coder = $coder
  RETURN r, x
}

// where: where the source belongs, else its meeting, else what the passage is about
OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
OPTIONAL MATCH (source)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
WITH k, r, x, source, coalesce(own, met, about) AS c
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH k, r, x, source, site
WHERE $site IS NULL OR site.id = $site
WITH k, site, count(DISTINCT x) AS passages, count(DISTINCT source) AS sources,
     collect(DISTINCT r.coder) AS coders, collect(DISTINCT r.id) AS claims
RETURN k.code AS code, k.id AS code_id, k.label AS label, k.codebook_sheet AS codebook_sheet, k.group AS group,
       site.name AS site, site.id AS site_id, passages, sources,
       COLLECT { UNWIND coders AS each RETURN each ORDER BY each } AS coders,
       COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code, site, site_id
