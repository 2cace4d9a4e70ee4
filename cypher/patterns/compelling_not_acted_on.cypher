// title: "Evidence that was supported: whether it was acted on, and what helped or hindered"
// question: 31. Is compelling evidence not acted on, and what would have pushed action?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   kind: Evidence or Document
//   compelling: the piece of evidence or document that somebody supported or championed
//   compelling_id: its id
//   answer: acted on, only influence (on an arena or person), reported not acted on, sources disagree, or not recorded
//   how_compelling: supported, no contest recorded; or supported and contested
//   verdicts: how it was appraised, as criterion and verdict, for you to judge
//   supported_by: who supported or championed it
//   contested_by: who contested it
//   acted_on: number of uses in action, and of actions that it influenced or justified beforehand
//   influenced: number of arenas and people that it influenced
//   reported_without_effect: number of such uses and influences that were reported not to have happened
//   helped: supports that acted on it or its case study
//   hindered: barriers that acted on it or its case study
//   drivers: what prompted it or its case study
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: east}
// boxes:
//   - document_extraction_template.reception_and_contestation
//   - document_extraction_template.role_and_influence.influential

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
MATCH (who)-[s:SUPPORTED|CHAMPIONED]->(x)
WHERE s.mode IN $modes AND s.confidence IN $confidences
  AND ($scope IS NULL OR s.scope IN [$scope, 'both'])
  AND ($case IS NULL
       OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) })
OPTIONAL MATCH (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH site, kind, x, collect(DISTINCT s) AS support, collect(DISTINCT who.name) AS supported_by
WHERE $site IS NULL OR site.id = $site

OPTIONAL MATCH (against)-[c:CONTESTED]->(x)
WHERE c.mode IN $modes AND c.confidence IN $confidences
WITH site, kind, x, support, supported_by, collect(DISTINCT c) AS contest,
     collect(DISTINCT against.name) AS contested_by

// what came of it: not use that was only talk, and nothing that was brought in after the decision
OPTIONAL MATCH (x)-[a:USED|INFLUENCED|USED_TO_JUSTIFY|NOT_USED|NOT_INFLUENCED|NOT_USED_TO_JUSTIFY]-(end)
WHERE a.mode IN $modes AND a.confidence IN $confidences
  AND (type(a) <> 'USED' OR a.use_type = 'instrumental' OR a.talk_or_action = 'action')
  AND coalesce(a.use_type, '') <> 'post_hoc' AND coalesce(a.before_or_after_decision, '') <> 'after'
WITH site, kind, x, support, supported_by, contest, contested_by,
     count(DISTINCT CASE WHEN type(a) STARTS WITH 'NOT_'
                         THEN type(a) + end.id + coalesce(a.at_meeting, '') END) AS reported_without_effect,
     count(DISTINCT CASE WHEN NOT type(a) STARTS WITH 'NOT_' AND (type(a) = 'USED' OR end:Action)
                         THEN type(a) + end.id + coalesce(a.at_meeting, '') END) AS acted_on,
     count(DISTINCT CASE WHEN type(a) IN ['INFLUENCED', 'USED_TO_JUSTIFY'] AND NOT end:Action
                         THEN end END) AS influenced,
     collect(DISTINCT a) AS outcome

// what helped, hindered and prompted it or its case study
CALL (x) {
  OPTIONAL MATCH (x)-[:IN_CASE*0..1]->()<-[r:ACTED_ON|PROMPTED]-(cause)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  // a driver has no polarity
  RETURN collect(DISTINCT CASE cause.polarity WHEN 'support' THEN cause.name END) AS helped,
         collect(DISTINCT CASE cause.polarity WHEN 'barrier' THEN cause.name END) AS hindered,
         collect(DISTINCT CASE WHEN type(r) = 'PROMPTED' THEN cause.name END) AS drivers, collect(DISTINCT r) AS setting
}
WITH site, kind, x, supported_by, contested_by, acted_on, influenced, reported_without_effect, helped, hindered,
     drivers,
     support + contest + outcome + setting AS told
RETURN site.name AS site, site.id AS site_id, kind, x.name AS compelling, x.id AS compelling_id,
       CASE WHEN acted_on + influenced > 0 AND reported_without_effect > 0 THEN 'sources disagree'
            WHEN acted_on > 0 THEN 'acted on' WHEN influenced > 0 THEN 'only influence'
            WHEN reported_without_effect > 0 THEN 'reported not acted on' ELSE 'not recorded' END AS answer,
       CASE WHEN size(contested_by) > 0 THEN 'supported and contested'
            ELSE 'supported, no contest recorded' END AS how_compelling,
       COLLECT { UNWIND COLLECT { MATCH (x)<-[v:APPRAISED]-() WHERE v.mode IN $modes AND v.confidence IN $confidences
                                  RETURN DISTINCT coalesce(v.criterion, 'not stated') + ': '
                                       + coalesce(v.verdict, 'not stated') AS t } AS t
                 RETURN t ORDER BY t } AS verdicts,
       COLLECT { UNWIND supported_by AS name RETURN name ORDER BY name } AS supported_by,
       COLLECT { UNWIND contested_by AS name RETURN name ORDER BY name } AS contested_by,
       acted_on, influenced, reported_without_effect,
       COLLECT { UNWIND helped AS name RETURN name ORDER BY name } AS helped,
       COLLECT { UNWIND hindered AS name RETURN name ORDER BY name } AS hindered,
       COLLECT { UNWIND drivers AS name RETURN name ORDER BY name } AS drivers,
       COUNT { UNWIND told AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND told AS r RETURN r.id AS id ORDER BY id } AS claims
ORDER BY site, site_id, kind DESC, compelling, compelling_id
