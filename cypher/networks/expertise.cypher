// title: Who is seen to hold expertise on ethnicity, and whether they are where decisions are taken
// question: 20. Who is seen to hold expertise on ethnicity, and are they in the arenas where decisions are taken?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   words:
//     type: list
//     default: [ethnic, equality]
//     meaning: beginnings of words, in lower case, that indicate such expertise
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   actor: who is described in such words, is said to contribute such expertise, or is responsible for ethnicity
//   actor_id: their id
//   signs: "what indicates it: skills, designation or identity in the register; brings; responsible for ethnicity"
//   arenas: the groups they belong to, or at whose meetings they were
//   decision_arenas: those that are boards, or whose meetings led to a decision, an investment or a disinvestment
//   where_decided: yes or no; not known where none of their groups is known
//   sources: how many sources say so
//   claims: ids of the claims; what the register says about a person is not a claim
// example: {site: north}
// boxes:
//   - document_extraction_template.journey_skills_confidence
//   - observation_guide.skills_confidence_competence

MATCH (a:Actor {study: $study})
WHERE ($site IS NULL OR EXISTS { (a)-[:AT_SITE]->(:Site {id: $site}) }
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })
  AND ($case IS NULL
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE*0..2]->(:CaseStudy {id: $case})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })

// the signs of it
WITH a, [s IN [['skills', a.skills], ['designation', a.designation], ['identity', a.professional_identity]]
         WHERE any(w IN $words WHERE toLower(s[1]) CONTAINS w) | s[0] + ': ' + s[1]] AS described, COLLECT {
  MATCH (a)-[r:INVOLVED_IN|NOT_INVOLVED_IN]->(:CaseStudy)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND any(w IN $words WHERE toLower(r.brings) CONTAINS w)
  RETURN {claim: r, sign: 'brings: ' + r.brings} ORDER BY r.id
} + COLLECT {
  MATCH (a)-[r:RESPONSIBLE_FOR]->()
  WHERE r.mode IN $modes AND r.confidence IN $confidences AND r.for = 'ethnicity'
  RETURN {claim: r, sign: 'responsible for ethnicity'} ORDER BY r.id
} AS told
WHERE size(described) + size(told) > 0

// the groups, and which of them decide
WITH a, described, told, COLLECT {
  MATCH (a)-[r:MEMBER_OF]->(g:Arena)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {claim: r, arena: g} AS tie
  UNION ALL
  MATCH (a)-[r:ATTENDED]->(:Meeting)-[:OF_ARENA]->(g:Arena)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {claim: r, arena: g} AS tie
} AS ties
WITH *, COLLECT { UNWIND ties AS t RETURN DISTINCT t.arena } AS groups
WITH *, [g IN groups WHERE g.kind = 'board' OR EXISTS {
           MATCH (g)<-[:OF_ARENA]-(:Meeting)<-[r:ARISES_FROM]-(x:Action)
           WHERE x.kind IN ['decision', 'investment', 'disinvestment']
             AND r.mode IN $modes AND r.confidence IN $confidences }] AS deciding,
     [t IN told + ties | t.claim] AS all_claims
RETURN a.name AS actor, a.id AS actor_id,
       COLLECT { UNWIND COLLECT { UNWIND described + [t IN told | t.sign] AS t RETURN DISTINCT t } AS t
                 RETURN t ORDER BY t } AS signs,
       COLLECT { UNWIND groups AS g RETURN g.name AS t ORDER BY t } AS arenas,
       COLLECT { UNWIND deciding AS g RETURN g.name AS t ORDER BY t } AS decision_arenas,
       CASE WHEN groups = [] THEN 'not known' WHEN deciding = [] THEN 'no' ELSE 'yes' END AS where_decided,
       COUNT { UNWIND all_claims AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND all_claims AS r RETURN DISTINCT r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY actor_id
