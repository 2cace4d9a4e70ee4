// title: Interviews and observations that are not coded yet
// question: 40. Which interviews and observations are not yet coded, by site?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   kinds:
//     type: list
//     vocabulary: source_kind
//     default: [interview, observation, group_discussion]
//     meaning: the kinds of source
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   source: the interview or observation; empty where none is recorded
//   source_id: its id
//   kind: the kind of source, such as interview or observation
//   answer: not coded, or coded in part; or none recorded, for a site without sources of these kinds
//   coding_status: the status of its coding, in the team's words; empty where not recorded
//   transcript_status: the status of its transcript
//   passages: number of passages kept from it
//   coded_passages: number of these that have a code
//   coders: who coded passages of it
//   claims: ids of the links from its passages to it
// example: {site: west}
// labels: {kind: source_kind}

CALL () {
  MATCH (s:DataSource {study: $study})
  WHERE s.kind IN $kinds
  WITH s, toLower(trim(s.coding_status)) AS said
  WHERE NOT coalesce(said IN ['coded', 'yes', 'done', 'complete', 'completely', 'fully', 'fully coded', 'in full'], false)
  OPTIONAL MATCH (s)-[:IN_CASE]->(own:CaseStudy)
  OPTIONAL MATCH (s)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
  WITH DISTINCT s, said, coalesce(own, met) AS c
  WHERE $case IS NULL OR c.id = $case
  OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
  WITH DISTINCT s, said, site
  WHERE $site IS NULL OR site.id = $site
  WITH s, said, site, COUNT { (s)<-[:FROM]-(:Extract) } AS passages,
       COUNT { MATCH (s)<-[:FROM]-(x:Extract)-[:CODED_AS]->(:Code) RETURN DISTINCT x } AS coded_passages
  // every passage coded, and nothing said against it
  WHERE NOT (said IS NULL AND passages > 0 AND coded_passages = passages)
  RETURN site.name AS site, site.id AS site_id, s.name AS source, s.id AS source_id, s.kind AS kind,
         CASE WHEN coded_passages > 0 OR coalesce(said CONTAINS 'part', false)
              THEN 'in part' ELSE 'not coded' END AS answer,
         s.coding_status AS coding_status, s.transcript_status AS transcript_status, passages, coded_passages,
         COLLECT { UNWIND COLLECT { MATCH (s)<-[:FROM]-(:Extract)-[r:CODED_AS]->(:Code) WHERE r.coder IS NOT NULL
                                    RETURN DISTINCT r.coder AS coder } AS coder
                   RETURN coder ORDER BY coder
         } AS coders,
         COLLECT { MATCH (s)<-[r:FROM]-(:Extract) RETURN r.id AS id ORDER BY id } AS claims
  UNION ALL
  // nothing to be coded: that nothing is left to do is not said of it
  CALL () {
    MATCH (site:Site {study: $study})
    WHERE ($site IS NULL OR site.id = $site)
      AND ($case IS NULL OR EXISTS { (:CaseStudy {id: $case})-[:AT_SITE]->(site) })
      AND NOT EXISTS {
        MATCH (site)<-[:AT_SITE]-(c:CaseStudy)<-[:IN_CASE]-(s:DataSource)
        WHERE s.kind IN $kinds AND ($case IS NULL OR c.id = $case)
      } AND NOT EXISTS {
        MATCH (site)<-[:AT_SITE]-(c:CaseStudy)<-[:IN_CASE]-(:Meeting)<-[:OF_MEETING]-(s:DataSource)
        WHERE s.kind IN $kinds AND ($case IS NULL OR c.id = $case)
      }
    RETURN site.name AS site, site.id AS site_id
    UNION ALL
    WITH null AS site, null AS site_id
    WHERE $site IS NULL AND $case IS NULL AND NOT EXISTS { MATCH (s:Site {study: $study}) RETURN s }
      AND NOT EXISTS { MATCH (s:DataSource {study: $study}) WHERE s.kind IN $kinds RETURN s }
    RETURN site, site_id
  }
  RETURN site, site_id, null AS source, null AS source_id, null AS kind, 'none recorded' AS answer,
         null AS coding_status, null AS transcript_status, 0 AS passages, 0 AS coded_passages,
         [] AS coders, [] AS claims
}
RETURN site, site_id, source, source_id, kind, answer, coding_status, transcript_status, passages, coded_passages,
       coders, claims
ORDER BY site, site_id, kind, source, source_id
