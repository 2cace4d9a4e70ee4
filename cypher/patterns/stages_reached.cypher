// title: How far each piece of evidence and each document came, with or without a champion
// question: 28, 33. Which evidence types survive from generation to impact, and where do the others stop? Do journeys
//   with a champion go further? (These are the rows; the analysis of survival makes the curves.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   stages: {type: map, default: stages of claim kinds, meaning: "the stage of a journey that each kind of claim belongs to"}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   kind: Evidence or Document
//   journey: the piece of evidence or document
//   journey_id: its id
//   evidence_type: the code of its evidence type
//   champions: who championed it, evidence in it, an action it is the case for, or what prompted it
//   stages: the stages reached, by the claims about it or a researcher's narrative, in the order of the vocabulary
//   furthest: the last of them, leaving out contestation, which may come at any point
//   reached_in_documents: further stages that only the documents presenting it reached
//   reported_not_reached: stages that it was reported not to have reached, and that no source says it reached
//   date_from: the earliest possible day of the claims about the piece itself
//   date_to: the latest possible day
//   sources: number of sources of the claims about the piece itself
//   claims: ids of the claims
// example: {site: east}
// codes: ["8.2", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", "8.10", "8.11"]
// boxes:
//   - document_extraction_template.role_and_influence.influential
//   - document_extraction_template.journey_leadership_roles
//   - observation_guide.leadership_champions
// labels: {stages: stage, furthest: stage, reached_in_documents: stage, reported_not_reached: stage}

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
WITH x, kind
WHERE $case IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) }
OPTIONAL MATCH (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT x, kind, site
WHERE $site IS NULL OR site.id = $site

// what happened to it, and to documents that present it: not what it cites, appraises or presents
CALL (x) {
  CALL (x) {
    MATCH (x)-[r]-()
    // CASE, because Neo4j 5.26 drops rows of two conditions NOT (type(r) IN [...] AND ...) joined by AND
    WHERE CASE WHEN type(r) IN ['CITED', 'NOT_CITED', 'APPRAISED', 'NOT_APPRAISED'] THEN startNode(r) <> x
               WHEN type(r) IN ['PRESENTED_IN', 'NOT_PRESENTED_IN'] THEN endNode(r) <> x
               ELSE type(r) <> 'WITHDRAWN' END
    RETURN r, null AS step, false AS carried
    UNION ALL
    MATCH (x)-[p:PRESENTED_IN]->(d:Document)
    WHERE p.mode IN $modes AND p.confidence IN $confidences
    WITH DISTINCT d
    MATCH (d)-[r]-()
    WHERE CASE WHEN type(r) IN ['CITED', 'NOT_CITED', 'APPRAISED', 'NOT_APPRAISED'] THEN startNode(r) <> d
               ELSE NOT type(r) IN ['PRESENTED_IN', 'NOT_PRESENTED_IN', 'WITHDRAWN'] END
    RETURN r, null AS step, true AS carried
    UNION ALL
    MATCH (x)<-[:JOURNEY_OF]-(:Journey)<-[r:STEP_OF]-(s:Step)
    RETURN r, s AS step, false AS carried
  }
  WITH r, carried, step, type(r) STARTS WITH 'NOT_' AS not_so,
       CASE WHEN type(r) STARTS WITH 'NOT_' THEN substring(type(r), 4) ELSE type(r) END AS did
  WITH r, carried, step, not_so, CASE WHEN step IS NULL THEN $stages[did] ELSE step.stage END AS stage
  RETURN count(r) AS touching,
         [t IN collect({r: r, stage: stage, carried: carried, not_so: not_so, step: step IS NOT NULL,
                        first: coalesce(r.date_from, step.date_from), last: coalesce(r.date_to, step.date_to)})
          // a step of a narrative is not a claim, and has no mode or confidence
          WHERE t.stage IS NOT NULL AND (t.step OR t.r.mode IN $modes AND t.r.confidence IN $confidences
            AND ($scope IS NULL OR t.r.scope IN [$scope, 'both']))] AS told
}
WITH x, kind, site, told, touching
WHERE touching > 0

// who championed it, or what it carries, argues for or was prompted by
CALL (x) {
  CALL (x) {
    RETURN x AS cause, null AS tie
    UNION
    MATCH (x)<-[tie:PRESENTED_IN]-(cause:Evidence) RETURN cause, tie
    UNION
    MATCH (x)-[tie:RECOMMENDS|USED_TO_JUSTIFY|INFLUENCED]->(cause:Action) RETURN cause, tie
    UNION
    MATCH (x)<-[tie:PROMPTED]-(cause:Driver) RETURN cause, tie
  }
  OPTIONAL MATCH (champion)-[r:CHAMPIONED]->(cause)
  WHERE all(c IN [r, tie] WHERE c IS NULL OR c.mode IN $modes AND c.confidence IN $confidences)
  RETURN collect(DISTINCT champion.name) AS champions,
         collect(r.id) + collect(CASE WHEN r IS NOT NULL THEN tie.id END) AS champion_claims
}

WITH x, kind, site, champions, champion_claims, told,
     ['impetus', 'generation_access', 'appraisal', 'synthesis', 'presentation_application', 'use', 'contestation',
      'impact'] AS stages,
     [t IN told WHERE NOT t.carried AND NOT t.not_so] AS own,
     [t IN told WHERE t.carried AND NOT t.not_so | t.stage] AS carried_to,
     [t IN told WHERE NOT t.carried AND t.not_so | t.stage] AS not_to
WITH x, kind, site, champions, champion_claims, told, own, carried_to, not_to, stages, [t IN own | t.stage] AS own_to
WITH x, kind, site, champions, champion_claims, told, own, carried_to, not_to, stages,
     [s IN stages WHERE s IN own_to] AS reached
WITH x, kind, site, champions, champion_claims, told, own, not_to, stages, reached,
     [s IN stages WHERE NOT s IN reached AND s IN ['presentation_application', 'use', 'contestation', 'impact']
        AND s IN carried_to] AS carried
WITH x, kind, site, reached,
     // one value a piece: while rows are sorted, a server would keep the claims of all of them
     head(collect({
       champions: COLLECT { UNWIND champions AS name RETURN name ORDER BY name },
       reached_in_documents: carried,
       reported_not_reached: [s IN stages WHERE NOT s IN reached AND s IN not_to],
       date_from: reduce(day = null, t IN own | CASE WHEN t.first < day OR day IS NULL THEN t.first ELSE day END),
       date_to: reduce(day = null, t IN own | CASE WHEN t.last > day OR day IS NULL THEN t.last ELSE day END),
       sources: COUNT { UNWIND own AS t WITH t.r.source AS source WHERE source IS NOT NULL RETURN DISTINCT source },
       claims: COLLECT {
         UNWIND COLLECT { UNWIND champion_claims + [t IN told WHERE NOT t.carried
                                                    OR t.stage IN carried AND NOT t.not_so | t.r.id] AS id
                          RETURN DISTINCT id } AS id
         RETURN id ORDER BY id
       }
     })) AS told
RETURN site.name AS site, site.id AS site_id, kind, x.name AS journey, x.id AS journey_id,
       x.evidence_type AS evidence_type, told.champions AS champions, reached AS stages,
       last([s IN reached WHERE s <> 'contestation']) AS furthest,
       told.reached_in_documents AS reached_in_documents, told.reported_not_reached AS reported_not_reached,
       told.date_from AS date_from, told.date_to AS date_to, told.sources AS sources, told.claims AS claims
ORDER BY kind DESC, evidence_type, journey, journey_id, site_id
