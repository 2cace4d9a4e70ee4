// title: What each case study was to look for and has not been recorded as meeting
// question: 43. Which "look for" items has a case study not yet met?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   table:
//     type: text
//     default: null
//     meaning: "the id of a summary table, or none for what is in no table; left out, all"
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   kinds:
//     type: list
//     vocabulary: finding_kind
//     default: [look_for]
//     meaning: the kinds of finding that are to be met
// returns:
//   site: the site of the case study
//   site_id: its id
//   case_study: the case study
//   case_study_id: its id
//   item: what it was to look for, or the gap to be filled; empty where nothing of the kind is recorded
//   item_id: its id
//   row: its row in the summary tables, such as T1-07; empty for one that is in none
//   kind: look_for or gap
//   answer: not recorded as met; or nothing to look for is recorded, for a case study without such items
//   met_elsewhere: the case studies that have met it
//   coded_alike: number of passages of the case study that have a code of the item, and so may meet it
//   claims: ids of the links from passages and findings of those to the item
// example: {kinds: "look_for, gap"}
// labels: {kind: finding_kind}

MATCH (c:CaseStudy {study: $study})
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH c, site
WHERE $site IS NULL OR site.id = $site

// for every case study, or for those that it belongs to
OPTIONAL MATCH (item:Finding {study: $study})
WHERE item.kind IN $kinds AND ($table IS NULL OR coalesce(item.table, 'none') = $table)
  AND (NOT EXISTS { (item)-[:IN_CASE]->(:CaseStudy) } OR EXISTS { (item)-[:IN_CASE]->(c) })

// met by a passage or finding of the case study that bears on it
CALL (item) {
  OPTIONAL MATCH (item)<-[r:BEARS_ON]-(e)
  OPTIONAL MATCH (e)-[:IN_CASE]->(own:CaseStudy)
  OPTIONAL MATCH (e)-[:FROM]->(:DataSource)-[:IN_CASE]->(its:CaseStudy)
  OPTIONAL MATCH (e)-[:FROM]->(:DataSource)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
  OPTIONAL MATCH (e)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
  RETURN collect({claim: r.id, case: coalesce(own, its, met, about)}) AS met
}
WITH c, site, item, met
WHERE none(m IN met WHERE coalesce(m.case = c, false))
RETURN site.name AS site, site.id AS site_id, c.name AS case_study, c.id AS case_study_id,
       item.text AS item, item.id AS item_id, item.row_id AS row, item.kind AS kind,
       CASE WHEN item IS NULL THEN 'nothing to look for is recorded' ELSE 'not recorded as met' END AS answer,
       COLLECT { UNWIND COLLECT { UNWIND met AS m WITH m WHERE m.case IS NOT NULL
                                  RETURN DISTINCT m.case.name AS name } AS name
                 RETURN name ORDER BY name }
         AS met_elsewhere,
       COUNT {
         MATCH (item)-[:CODED_AS]->(:Code)<-[:CODED_AS]-(x:Extract)-[:FROM]->(:DataSource)-[:IN_CASE]->(c)
         RETURN DISTINCT x
       } AS coded_alike,
       COLLECT { UNWIND COLLECT { UNWIND met AS m WITH m WHERE m.claim IS NOT NULL
                                  RETURN DISTINCT m.claim AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, case_study, case_study_id, kind, item, item_id
