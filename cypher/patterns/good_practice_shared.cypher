// title: What journeys of good practice have in common, compared with the other journeys
// question: 35. What do journeys counted as good practice share?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   feature: "what is compared: evidence type, driver, support, champion, use type, who stood where, arena, result"
//   value: the value of the feature
//   good: number of journeys of good practice that have it
//   of_good: number of journeys of good practice
//   others: number of other journeys that have it
//   of_others: number of other journeys
//   good_practice: the journeys of good practice that have it
//   sources: number of sources that say so of the journeys of good practice
//   claims: ids of the claims about the journeys of good practice
// example: none
// boxes:
//   - document_extraction_template.journey_good_practice
// labels: {value: [evidence_type, use_type, organisation_kind, arena_kind], feature: factor_polarity}

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x
}
WITH x
WHERE $site IS NULL
   OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) }
// counted as good practice: an answer in its form, a note on its journey, or a finding about it says so
WITH x, EXISTS { (x)<-[:ABOUT]-(e:Extract) WHERE e.answer_status = 'answered'
                   AND e.instrument_field STARTS WITH 'document_extraction_template.journey_good_practice' }
     OR EXISTS { (x)<-[:JOURNEY_OF]-(j:Journey) WHERE j.good_practice_note IS NOT NULL }
     OR EXISTS { (x)<-[:ABOUT]-(:Finding {kind: 'good_practice'}) } AS good
WITH collect({x: x, good: good}) AS journeys
WITH journeys, size([j IN journeys WHERE j.good]) AS of_good, size([j IN journeys WHERE NOT j.good]) AS of_others
UNWIND journeys AS journey
WITH of_good, of_others, journey.x AS x, journey.good AS good

// what each has: by a claim `r`, and another on the way to it
CALL (x) {
  MATCH (x) WHERE x.evidence_type IS NOT NULL
  RETURN 'evidence type' AS feature, x.evidence_type AS value, null AS r, null AS tie
  UNION
  MATCH (x)<-[r:PRESENTED_IN]-(e:Evidence) WHERE e.evidence_type IS NOT NULL
  RETURN 'evidence type' AS feature, e.evidence_type AS value, r, null AS tie
  UNION
  MATCH (x)-[:IN_CASE*0..1]->()<-[r:PROMPTED]-(d:Driver) RETURN 'driver' AS feature, d.name AS value, r, null AS tie
  UNION
  MATCH (x)-[:IN_CASE*0..1]->()<-[r:ACTED_ON]-(f:Factor) RETURN f.polarity AS feature, f.name AS value, r, null AS tie
  UNION
  MATCH (x)<-[:JOURNEY_OF]-(:Journey)<-[r:ACTED_ON]-(f:Factor)
  RETURN f.polarity AS feature, f.name AS value, r, null AS tie
  UNION
  MATCH (x)<-[r:CHAMPIONED]-() RETURN 'champion' AS feature, 'of the evidence' AS value, r, null AS tie
  UNION
  MATCH (x)<-[tie:PRESENTED_IN]-(:Evidence)<-[r:CHAMPIONED]-()
  RETURN 'champion' AS feature, 'of evidence in it' AS value, r, tie
  UNION
  MATCH (x)-[tie:RECOMMENDS]->(:Action)<-[r:CHAMPIONED]-()
  RETURN 'champion' AS feature, 'of an action it recommends' AS value, r, tie
  UNION
  MATCH (x)<-[r:USED]-() RETURN 'use type' AS feature, coalesce(r.use_type, 'not_stated') AS value, r, null AS tie
  UNION
  MATCH (x)<-[r:INTRODUCED|SUPPORTED|CONTESTED]-(:Actor)-[tie:MEMBER_OF]->(body:Organisation)
  RETURN toLower(type(r)) + ' by' AS feature, coalesce(body.kind, 'not_stated') AS value, r, tie
  UNION
  MATCH (x)-[r]-() WHERE r.at_meeting IS NOT NULL AND NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
  MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA]->(arena:Arena)
  RETURN 'arena' AS feature, coalesce(arena.kind, 'not_stated') AS value, r, null AS tie
  UNION
  MATCH (x)-[r:TABLED_AT|SENT_TO]->(:Meeting)-[:OF_ARENA]->(arena:Arena)
  RETURN 'arena' AS feature, coalesce(arena.kind, 'not_stated') AS value, r, null AS tie
  UNION
  MATCH (x)-[r:SENT_TO]->(arena:Arena)
  RETURN 'arena' AS feature, coalesce(arena.kind, 'not_stated') AS value, r, null AS tie
  UNION
  MATCH (x)-[tie:RECOMMENDS]->(:Action)<-[r:RESULTED_IN]-()
  RETURN 'result' AS feature, 'an action it recommends came about' AS value, r, tie
}
WITH of_good, of_others, x, good, feature, value, r, tie
WHERE all(c IN [r, tie] WHERE c IS NULL OR c.mode IN $modes AND c.confidence IN $confidences)
WITH of_good, of_others, coalesce(feature, 'support or barrier') AS feature, value,
     collect(DISTINCT CASE WHEN good THEN x.name END) AS names,
     count(DISTINCT CASE WHEN good THEN x END) AS good, count(DISTINCT CASE WHEN NOT good THEN x END) AS others,
     count(DISTINCT CASE WHEN good THEN r.source END) AS sources,
     collect(DISTINCT CASE WHEN good THEN r.id END) + collect(DISTINCT CASE WHEN good THEN tie.id END) AS claims
WHERE good > 0
RETURN feature, value, good, of_good, others, of_others,
       COLLECT { UNWIND names AS name RETURN name ORDER BY name } AS good_practice,
       sources, COLLECT { UNWIND COLLECT { UNWIND claims AS id RETURN DISTINCT id } AS id
                          RETURN id ORDER BY id } AS claims
ORDER BY good DESC, others, feature, value
