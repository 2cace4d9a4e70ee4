// title: How far each piece of evidence and each document came, with a champion or without
// question: 28, 33. Which evidence types survive from generation to impact, and where do the others stop? Do journeys
//   with a champion go further? (These are the rows; the analysis of survival makes the curves.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes:
//     type: list
//     vocabulary: mode
//     terms: [not_stated]
//     default: all but derived
//     meaning: how a claim was noted
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   kind: Evidence or Document
//   journey: the piece of evidence or document
//   journey_id: its id
//   evidence_type: the code of its evidence type
//   champions: who championed it, evidence in it, an action it is the case for, or what prompted it
//   stages: the stages reached, by what is told of it or a researcher's telling, in the order of the vocabulary
//   furthest: the last of them, contestation and support aside, which may come at any point
//   carried: further stages that only documents presenting it reached
//   found_not: stages it was found not to reach, and is nowhere said to
//   date_from: the earliest bound of the dates of what is told of itself
//   date_to: the latest bound
//   sources: so many sources tell of itself
//   claims: ids of the claims behind all this
// example: {site: east}

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
  MATCH (x)-[r]-()
  WHERE NOT (type(r) IN ['CITED', 'APPRAISED'] AND startNode(r) = x)
    AND NOT (type(r) = 'PRESENTED_IN' AND endNode(r) = x)
  RETURN r, null AS step, false AS carried
  UNION
  MATCH (x)-[p:PRESENTED_IN]->(d:Document)-[r]-()
  WHERE coalesce(p.negated, false) = false AND coalesce(p.status, 'stated') <> 'withdrawn'
    AND coalesce(p.mode, 'not_stated') IN $modes AND coalesce(p.confidence, 'not_judged') IN $confidences
    AND NOT (type(r) IN ['CITED', 'APPRAISED'] AND startNode(r) = d)
    AND type(r) <> 'PRESENTED_IN'
  RETURN r, null AS step, true AS carried
  UNION
  MATCH (x)<-[:JOURNEY_OF]-(:Journey)<-[r:STEP_OF]-(s:Step)
  RETURN r, s AS step, false AS carried
}
WITH x, kind, site, r, carried, step,
     CASE WHEN step IS NOT NULL THEN step.stage
          WHEN type(r) IN ['COMMISSIONED', 'PROMPTED'] THEN 'impetus'
          WHEN type(r) IN ['AUTHORED', 'CONTRIBUTED_TO', 'GENERATED', 'ACCESSED'] THEN 'generation_access'
          WHEN type(r) = 'APPRAISED' THEN 'appraisal'
          WHEN type(r) = 'SYNTHESISED_WITH' THEN 'synthesis'
          WHEN type(r) IN ['PRESENTED_IN', 'CITED', 'INTRODUCED', 'MADE_AWARE_OF', 'TABLED_AT', 'REFERRED_TO',
                           'SENT_TO', 'INTENDED_FOR'] THEN 'presentation_application'
          WHEN type(r) IN ['PLAYED_ROLE', 'USED', 'USED_TO_JUSTIFY', 'RECOMMENDS'] THEN 'use'
          WHEN type(r) IN ['CONTESTED', 'SUPPORTED', 'RECEIVED', 'CHAMPIONED'] THEN 'contestation'
          WHEN type(r) IN ['INFLUENCED', 'RESULTED_IN'] THEN 'impact' END AS stage
WITH x, kind, site,
     [t IN collect({r: r, stage: stage, carried: carried,
                    first: coalesce(r.date_from, step.date_from), last: coalesce(r.date_to, step.date_to)})
      WHERE t.stage IS NOT NULL
        AND coalesce(t.r.status, 'stated') <> 'withdrawn'
        AND coalesce(t.r.mode, 'not_stated') IN $modes AND coalesce(t.r.confidence, 'not_judged') IN $confidences
        AND ($scope IS NULL OR t.r.scope IN [$scope, 'both'])] AS told

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
  WHERE all(c IN [r, tie] WHERE coalesce(c.negated, false) = false AND coalesce(c.status, 'stated') <> 'withdrawn'
              AND coalesce(c.mode, 'not_stated') IN $modes AND coalesce(c.confidence, 'not_judged') IN $confidences)
  RETURN collect(DISTINCT champion.name) AS champions,
         collect(r.id) + collect(CASE WHEN r IS NOT NULL THEN tie.id END) AS champion_claims
}

WITH x, kind, site, champions, champion_claims, told,
     ['impetus', 'generation_access', 'appraisal', 'synthesis', 'presentation_application', 'use', 'contestation',
      'impact'] AS stages,
     [t IN told WHERE NOT t.carried AND coalesce(t.r.negated, false) = false] AS own
WITH x, kind, site, champions, champion_claims, told, own, stages,
     [s IN stages WHERE any(t IN own WHERE t.stage = s)] AS reached
WITH x, kind, site, champions, champion_claims, told, own, stages, reached,
     [s IN stages WHERE NOT s IN reached AND s IN ['presentation_application', 'use', 'contestation', 'impact']
        AND any(t IN told WHERE t.carried AND t.stage = s AND coalesce(t.r.negated, false) = false)] AS carried
RETURN site.name AS site, site.id AS site_id, kind, x.name AS journey, x.id AS journey_id,
       x.evidence_type AS evidence_type, COLLECT { UNWIND champions AS name RETURN name ORDER BY name } AS champions,
       reached AS stages,
       last([s IN reached WHERE s <> 'contestation']) AS furthest,
       carried,
       [s IN stages WHERE NOT s IN reached
          AND any(t IN told WHERE NOT t.carried AND t.stage = s AND t.r.negated)] AS found_not,
       reduce(day = null, t IN own | CASE WHEN t.first < day OR day IS NULL THEN t.first ELSE day END) AS date_from,
       reduce(day = null, t IN own | CASE WHEN t.last > day OR day IS NULL THEN t.last ELSE day END) AS date_to,
       size(reduce(seen = [], t IN own | CASE WHEN t.r.source IS NULL OR t.r.source IN seen THEN seen
                                              ELSE seen + t.r.source END)) AS sources,
       COLLECT {
         UNWIND champion_claims + [t IN told WHERE NOT t.carried
                                     OR t.stage IN carried AND coalesce(t.r.negated, false) = false | t.r.id] AS id
         RETURN DISTINCT id ORDER BY id
       } AS claims
ORDER BY kind DESC, evidence_type, journey, journey_id, site_id
