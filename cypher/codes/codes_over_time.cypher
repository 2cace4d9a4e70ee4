// title: Passages by code over time
// question: When are the interviews and other sources from whose passages have each code?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   sheet: {type: text, default: null, meaning: "the number of a sheet of the codebook; left out, all sheets"}
//   coder: {type: text, default: null, meaning: "the initials of a coder; left out, all coders"}
//   by: {type: text, terms: [year, month], default: year, meaning: the length of a period}
// returns:
//   code: the code, as text
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   codebook_sheet: the number of its sheet
//   period: "the year or month of the source, such as 2011 or 2011-06; empty where its date is not known so exactly"
//   passages: number of passages
//   sources: number of sources
//   claims: ids of the links from passages to the code
// example: {sheet: "8", by: month}

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
WITH DISTINCT k, r, x, source, site
WHERE $site IS NULL OR site.id = $site
WITH k, r, x, source, CASE $by WHEN 'month' THEN 7 ELSE 4 END AS length
WITH k, r, x, source, substring(toString(source.date_from), 0, length) AS first,
     substring(toString(source.date_to), 0, length) AS last
WITH k, CASE WHEN first = last THEN first END AS period, count(DISTINCT x) AS passages,
     count(DISTINCT source) AS sources, collect(DISTINCT r.id) AS claims
RETURN k.code AS code, k.id AS code_id, k.label AS label, k.codebook_sheet AS codebook_sheet, period, passages, sources,
       COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code, period
