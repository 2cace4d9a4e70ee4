// title: "Rows of the summary tables: evidence for, against, mixed, or none yet, by site"
// question: What evidence is there at each site for or against each finding, gap, research question and thing to look for?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   table: {type: text, default: null, meaning: "the id of a summary table; left out, all tables"}
// returns:
//   item: the id of the row in its table, such as T1-07
//   row_id: its id in the graph
//   table_number: the summary table that it stands in
//   section: the heading over it
//   row: the row of the printed table that it stands in
//   kind: emerging, gap, look_for, or question
//   text: its words
//   status: open, or closed by a decision of the team
//   decisions: the decisions to close or reopen it, with date, initials and reason; the last one last
//   site: each site, or the one that the row was added for, and any other that has evidence; empty for evidence of no site
//   site_id: its id
//   answer: for, against, mixed, some (something bears on it and nobody said how), or none yet
//   supports: number of passages and findings that support it, fill the gap, or are an instance
//   contradicts: number that contradict it
//   not_said: number that bear on it without a direction
//   passages_from: number of sources that the passages are from; the researchers' own forms are none
//   evidence_ids: ids of what bears on it
//   claims: ids of the links from them to the row
// example: {table: "1"}
// labels: {kind: finding_kind, status: finding_status}

CALL () {
  MATCH (f:Finding {study: $study}) WHERE f.row_id IS NOT NULL
  RETURN f.id AS row_id, f.row_id AS item, f.table AS table_number, f.section AS section, f.row AS row, f.kind AS kind,
         f.text AS text, f.status AS status, f.decisions AS decisions, f.for_site AS for_site
  UNION ALL
  MATCH (q:ResearchQuestion {study: $study}) WHERE q.row_id IS NOT NULL
  RETURN q.id AS row_id, q.row_id AS item, q.table AS table_number, null AS section, null AS row, 'question' AS kind,
         q.text AS text, q.status AS status, q.decisions AS decisions, null AS for_site
}
WITH row_id, item, table_number, section, row, kind, text, status, decisions, for_site
WHERE $table IS NULL OR table_number = $table

// what bears on it, and of which site that is
CALL (row_id, kind) {
  CALL (row_id) {
    MATCH (:Finding {id: row_id})<-[r:BEARS_ON]-(e) RETURN r, e
    UNION ALL
    MATCH (:ResearchQuestion {id: row_id})<-[r:BEARS_ON]-(e) RETURN r, e
  }
  OPTIONAL MATCH (e)-[:FROM]->(source:DataSource)
  OPTIONAL MATCH (e)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(own:Site)
  OPTIONAL MATCH (source)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(its:Site)
  OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(met:Site)
  OPTIONAL MATCH (e)-[:ABOUT]->()-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(about:Site)
  WITH DISTINCT r, e, source, coalesce(own, its, met, about) AS s
  RETURN collect({r: r, e: e, source: source.id, kind: source.kind, site: coalesce(s.id, '')}) AS borne
}

// the sites it is to be tested at: all, or its own, and any that has evidence
CALL (for_site, borne) {
  MATCH (s:Site {study: $study})
  WHERE for_site IS NULL OR for_site = s.id OR any(b IN borne WHERE b.site = s.id)
  RETURN s
  UNION ALL
  WITH null AS s, borne WHERE any(b IN borne WHERE b.site = '')
  RETURN s
}
WITH row_id, item, table_number, section, row, kind, text, status, decisions, s,
     [b IN borne WHERE b.site = coalesce(s.id, '')] AS here
WHERE $site IS NULL OR s.id = $site
WITH row_id, item, table_number, section, row, kind, text, status, decisions, s, here,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction IN ['supports', 'fills_gap', 'instance']
             RETURN DISTINCT b.e.id } AS supports,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction = 'contradicts' RETURN DISTINCT b.e.id } AS contradicts,
     COUNT { UNWIND here AS b WITH b WHERE b.r.direction IS NULL RETURN DISTINCT b.e.id } AS not_said
RETURN item, row_id, table_number, section, row, kind, text, status, decisions, s.name AS site, s.id AS site_id,
       CASE WHEN supports > 0 AND contradicts > 0 THEN 'mixed' WHEN supports > 0 THEN 'for'
            WHEN contradicts > 0 THEN 'against' WHEN not_said > 0 THEN 'some' ELSE 'none yet' END AS answer,
       supports, contradicts, not_said,
       COUNT { UNWIND here AS b WITH b WHERE b.source IS NOT NULL AND coalesce(b.kind, '') <> 'researchers_form'
               RETURN DISTINCT b.source } AS passages_from,
       COLLECT { UNWIND COLLECT { UNWIND here AS b RETURN DISTINCT b.e.id AS id } AS id
                 RETURN id ORDER BY id } AS evidence_ids,
       COLLECT { UNWIND COLLECT { UNWIND here AS b RETURN DISTINCT b.r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY table_number, kind, item, site, site_id
