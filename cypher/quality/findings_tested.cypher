// title: "Earlier findings and gaps: new evidence for, against, or none, by site"
// question: 42. For which findings and gaps of the summary tables is there new evidence for, against, or none, by site?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   table:
//     type: text
//     default: null
//     meaning: "the id of a summary table, or none for what is in no table; left out, all"
//   kinds: {type: list, vocabulary: finding_kind, default: [emerging, gap], meaning: the kinds of finding}
// returns:
//   finding: the finding or gap; a finding that only bears on others is evidence, and is not listed
//   finding_id: its id
//   row: its row in the summary tables, such as T1-07; empty for one that is in none
//   kind: the kind of finding, such as emerging or gap
//   status: the status that the team gives it
//   site: each site, or those of the finding's case studies and of what bears on it; empty for evidence of no site
//   site_id: its id
//   answer: for, against, both, not said (something bears on it without a direction), or none
//   supports: number of passages and findings of this site that support it, fill the gap, or are an instance
//   contradicts: number that contradict it
//   not_said: number that bear on it without a direction
//   evidence: their words
//   evidence_ids: their ids
//   passages_from: number of sources that the passages are from
//   claims: ids of the links from them to the finding
// example: {kinds: gap}
// labels: {kind: finding_kind, status: finding_status}

MATCH (f:Finding {study: $study})
WHERE f.kind IN $kinds AND ($table IS NULL OR coalesce(f.table, 'none') = $table)
  AND (NOT EXISTS { (f)-[:BEARS_ON]->(:Finding) } OR EXISTS { (f)<-[:BEARS_ON]-() })

// what bears on it, and of which site that is
CALL (f) {
  OPTIONAL MATCH (f)<-[r:BEARS_ON]-(e)
  OPTIONAL MATCH (e)-[:FROM]->(source:DataSource)
  OPTIONAL MATCH (e)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(own:Site)
  OPTIONAL MATCH (source)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(its:Site)
  OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(met:Site)
  OPTIONAL MATCH (e)-[:ABOUT]->()-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(about:Site)
  WITH DISTINCT r, e, source, coalesce(own, its, met, about) AS s
  WHERE r IS NOT NULL
  RETURN collect({r: r, e: e, source: source.id, site: coalesce(s.id, '')}) AS borne
}

// the sites it is to be tested at: all, or its own, and any that has evidence
CALL (f, borne) {
  MATCH (s:Site {study: $study})
  WHERE NOT EXISTS { (f)-[:IN_CASE]->(:CaseStudy) } OR EXISTS { (f)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(s) }
     OR any(b IN borne WHERE b.site = s.id)
  RETURN s
  UNION ALL
  WITH null AS s, borne WHERE any(b IN borne WHERE b.site = '')
  RETURN s
}
WITH f, s, [b IN borne WHERE b.site = coalesce(s.id, '')] AS here
WHERE $site IS NULL OR s.id = $site
WITH f, s, here,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction IN ['supports', 'fills_gap', 'instance'] RETURN DISTINCT b.e.id } AS supports,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction = 'contradicts' RETURN DISTINCT b.e.id } AS contradicts,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction IS NULL RETURN DISTINCT b.e.id } AS not_said
RETURN f.text AS finding, f.id AS finding_id, f.row_id AS row, f.kind AS kind, f.status AS status,
       s.name AS site, s.id AS site_id,
       CASE WHEN supports > 0 AND contradicts > 0 THEN 'both' WHEN supports > 0 THEN 'for'
            WHEN contradicts > 0 THEN 'against' WHEN not_said > 0 THEN 'not said' ELSE 'none' END AS answer,
       supports, contradicts, not_said,
       COLLECT { UNWIND COLLECT { UNWIND here AS b RETURN DISTINCT b.e.text AS text } AS text
                 RETURN text ORDER BY text } AS evidence,
       COLLECT { UNWIND COLLECT { UNWIND here AS b RETURN DISTINCT b.e.id AS id } AS id
                 RETURN id ORDER BY id } AS evidence_ids,
       COUNT { UNWIND here AS b WITH b WHERE b.source IS NOT NULL RETURN DISTINCT b.source } AS passages_from,
       COLLECT { UNWIND COLLECT { UNWIND here AS b RETURN DISTINCT b.r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY kind, finding, finding_id, site, site_id
