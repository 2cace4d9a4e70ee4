// title: "Champions compared: how far journeys came with a champion and without one"
// question: 33. Do journeys with a champion go further than those without? (The two groups beside each other, with
//   their numbers; stages_reached has the journeys.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   stages: {type: map, default: stages of claim kinds, meaning: "the stage that each kind of claim tells of"}
// returns:
//   kind: Evidence or Document
//   championed: whether somebody championed it, evidence in it, an action it makes the case for, or what prompted it
//   journeys: how many pieces of evidence or documents are in the group
//   presented: how many of these are recorded to have been presented or applied, or to have come further
//   share_presented: presented / journeys
//   used: how many are recorded to have been used, or to have come further
//   share_used: used / journeys
//   impact: how many are recorded to have had an impact
//   share_impact: impact / journeys
//   no_stage: of how many no stage after the impetus is recorded
//   sources: how many sources tell of the stages
//   claims: ids of the claims of the stages and of championing
// example: none
// boxes:
//   - document_extraction_template.journey_leadership_roles
//   - observation_guide.leadership_champions

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
WITH x, kind
WHERE ($case IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) })

// what happened to it: not what it cites, appraises or presents
CALL (x) {
  MATCH (x)-[r]-()
  // CASE, because Neo4j 5.26 drops rows of two conditions NOT (type(r) IN [...] AND ...) joined by AND
  WHERE CASE WHEN type(r) IN ['CITED', 'NOT_CITED', 'APPRAISED', 'NOT_APPRAISED'] THEN startNode(r) <> x
             WHEN type(r) IN ['PRESENTED_IN', 'NOT_PRESENTED_IN'] THEN endNode(r) <> x
             ELSE type(r) <> 'WITHDRAWN' END
  RETURN r, null AS step
  UNION
  MATCH (x)<-[:JOURNEY_OF]-(:Journey)<-[r:STEP_OF]-(s:Step)
  RETURN r, s AS step
}
WITH x, kind, r, step, CASE WHEN step IS NULL THEN $stages[type(r)] ELSE step.stage END AS stage
// a step of a narrative is not a claim, and has no mode or confidence
WITH x, kind, [t IN collect({r: r, stage: stage, step: step IS NOT NULL})
               WHERE t.stage IS NOT NULL AND (t.step OR t.r.mode IN $modes AND t.r.confidence IN $confidences
                 AND ($scope IS NULL OR t.r.scope IN [$scope, 'both']))] AS told

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

// how far it came: contestation and support may come at any point and are no stage on the way
WITH x, kind, champions, champion_claims, told,
     ['generation_access', 'appraisal', 'synthesis', 'presentation_application', 'use', 'impact'] AS stages
WITH x, kind, champions, champion_claims, told,
     reduce(far = 0, at IN range(1, size(stages)) | CASE WHEN any(t IN told WHERE t.stage = stages[at - 1])
                                                         THEN at ELSE far END) AS far
WITH kind, size(champions) > 0 AS championed, count(x) AS journeys,
     sum(CASE WHEN far >= 4 THEN 1 ELSE 0 END) AS presented, sum(CASE WHEN far >= 5 THEN 1 ELSE 0 END) AS used,
     sum(CASE WHEN far >= 6 THEN 1 ELSE 0 END) AS impact, sum(CASE far WHEN 0 THEN 1 ELSE 0 END) AS no_stage,
     collect([t IN told | t.r.source]) AS said_by, collect([t IN told | t.r.id] + champion_claims) AS ids
RETURN kind, championed, journeys, presented, toFloat(presented) / journeys AS share_presented, used,
       toFloat(used) / journeys AS share_used, impact, toFloat(impact) / journeys AS share_impact, no_stage,
       COUNT { UNWIND said_by AS some UNWIND some AS s WITH s WHERE s IS NOT NULL RETURN DISTINCT s } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND ids AS some UNWIND some AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY kind DESC, championed DESC
