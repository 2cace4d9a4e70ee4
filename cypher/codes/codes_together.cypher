// title: Codes that passages share
// question: Which codes occur together, in how many passages?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   coder: {type: text, default: null, meaning: "the initials of a coder; left out, all coders"}
//   same_coder:
//     type: boolean
//     default: false
//     meaning: only passages to which one coder gave both codes
// returns:
//   code: one of the two codes, as text
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   other_code: the other code
//   other_code_id: its id
//   other_label: its label
//   passages: number of passages that have both
//   sources: number of sources they are from
//   jaccard: those with both, of all passages that have one of the two (Jaccard 1901)
//   claims: ids of the links from passages to the codes
// example: none

MATCH (k:Code {study: $study})<-[r:CODED_AS]-(x:Extract)-[s:CODED_AS]->(o:Code)
WHERE k.id < o.id AND (NOT $same_coder OR r.coder = s.coder)
  AND ($coder IS NULL OR r.coder = $coder AND s.coder = $coder)
// where: where the source belongs, else its meeting, else what the passage is about
OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
OPTIONAL MATCH (source)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
WITH k, o, r, s, x, source, coalesce(own, met, about) AS c
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH k, o, r, s, x, source, site
WHERE $site IS NULL OR site.id = $site
WITH k, o, count(DISTINCT x) AS passages, count(DISTINCT source) AS sources,
     collect(DISTINCT r.id) AS claims, collect(DISTINCT s.id) AS more

// of all passages with one of the two, at the same sites and by the same coders
CALL (k, o) {
  MATCH (either:Code)<-[r:CODED_AS]-(x:Extract)
  WHERE either.id IN [k.id, o.id] AND ($coder IS NULL OR r.coder = $coder)
  OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
  OPTIONAL MATCH (source)-[:IN_CASE]->(own:CaseStudy)
  OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
  OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
  WITH x, coalesce(own, met, about) AS c
  WHERE $case IS NULL OR c.id = $case
  OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
  WITH x, site
  WHERE $site IS NULL OR site.id = $site
  RETURN count(DISTINCT x) AS all_passages
}
RETURN k.code AS code, k.id AS code_id, k.label AS label, o.code AS other_code, o.id AS other_code_id,
       o.label AS other_label, passages, sources, toFloat(passages) / all_passages AS jaccard,
       COLLECT { UNWIND COLLECT { UNWIND claims + more AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY passages DESC, jaccard DESC, toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code, other_code_id
