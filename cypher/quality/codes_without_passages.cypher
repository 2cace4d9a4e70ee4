// title: Codes without passages, by site
// question: 40. Which codes have no extracts, by site?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   sheet: {type: text, default: null, meaning: "the number of a sheet of the codebook; left out, all sheets"}
// returns:
//   code: the code, as text; empty where no codes are recorded
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   codebook_sheet: the number of its sheet
//   answer: no passage has it; not at these sites; no passage is coded yet; or no codes recorded, for a study without any
//   passages: number of passages that have it, at any site
//   sites_with: the sites with such passages
//   sites_without: the sites without any
//   claims: ids of the links from passages to the code
// example: {sheet: "8"}

CALL () {
  MATCH (k:Code {study: $study})
  // a retired code needs no passages
  WHERE ($sheet IS NULL OR k.codebook_sheet = $sheet) AND NOT coalesce(k.retired, false)
  CALL () {
    MATCH (s:Site {study: $study})
    RETURN collect(s {.id, .name}) AS sites
  }
  OPTIONAL MATCH (k)<-[r:CODED_AS]-(x:Extract)
  OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
  OPTIONAL MATCH (source)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(its:Site)
  OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(met:Site)
  OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(about:Site)
  WITH k, sites, count(DISTINCT x) AS passages, collect(DISTINCT r.id) AS claims,
       collect(DISTINCT coalesce(its.id, met.id, about.id)) AS found
  WITH k, sites, passages, claims, found, [s IN sites WHERE NOT s.id IN found] AS lacking
  WHERE size(lacking) > 0 AND ($site IS NULL OR any(s IN lacking WHERE s.id = $site))
     OR passages = 0
  RETURN k.code AS code, k.id AS code_id, k.label AS label, k.codebook_sheet AS codebook_sheet,
         CASE WHEN passages > 0 THEN 'not at these sites'
              WHEN EXISTS { MATCH (any:Code {study: $study})<-[:CODED_AS]-(:Extract) RETURN any } THEN 'no passage has it'
              ELSE 'no passage is coded yet' END AS answer, passages,
         COLLECT { UNWIND sites AS s WITH s WHERE s.id IN found RETURN s.name AS name ORDER BY name } AS sites_with,
         COLLECT { UNWIND lacking AS s RETURN s.name AS name ORDER BY name } AS sites_without,
         COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
  UNION ALL
  WITH 'no codes recorded' AS answer
  WHERE NOT EXISTS { MATCH (k:Code {study: $study}) WHERE $sheet IS NULL OR k.codebook_sheet = $sheet RETURN k }
  RETURN null AS code, null AS code_id, null AS label, null AS codebook_sheet, answer, 0 AS passages,
         [] AS sites_with, [] AS sites_without, [] AS claims
}
RETURN code, code_id, label, codebook_sheet, answer, passages, sites_with, sites_without, claims
ORDER BY passages, toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code, code_id
