// title: Who was expected and absent, excluded, overlooked, or not told
// question: 22. Who was expected but absent, excluded or overlooked?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   actor: the person or group
//   actor_id: their id
//   how: expected and excluded; excluded; not involved; reported absent; reported not to have been told; not on the list
//   what: the case study, meeting, document or piece of evidence that this is about
//   what_id: its id
//   what_kind: its kind
//   brings: what they would have contributed, in the words of the claims
//   notes: the notes on the claims
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims; for a member who is not on a meeting's list, the claim of membership
// example: {site: north}

MATCH (a:Actor {study: $study})

// reported absent or not told, and members who are not on the list of people present at a meeting that was observed
CALL (a) {
  MATCH (a)-[r:INVOLVED_IN|NOT_INVOLVED_IN]->(what:CaseStudy)
  WHERE r.excluded OR type(r) = 'NOT_INVOLVED_IN'
  RETURN r, what, CASE WHEN r.expected AND r.excluded THEN 'expected and excluded'
                       WHEN r.expected THEN 'expected and not involved'
                       WHEN r.excluded THEN 'excluded' ELSE 'not involved' END AS how
  UNION ALL
  MATCH (a)-[r:NOT_ATTENDED]->(what:Meeting)
  RETURN r, what, 'reported absent' AS how
  UNION ALL
  MATCH (a)-[r:NOT_MADE_AWARE_OF]->(what)
  RETURN r, what, 'reported not to have been told' AS how
  UNION ALL
  // each meeting of a group once, however many claims tell of the membership
  MATCH (a)-[r:MEMBER_OF]->(g:Arena)
  WITH a, g, collect(r) AS told
  MATCH (g)<-[:OF_ARENA]-(what:Meeting)
  WHERE what.observed
    AND EXISTS {
      MATCH (what)<-[there:ATTENDED]-()
      WHERE there.mode IN $modes AND there.confidence IN $confidences
    } AND NOT EXISTS {
      MATCH (what)<-[there:ATTENDED|NOT_ATTENDED]-(a)
      WHERE there.mode IN $modes AND there.confidence IN $confidences
    }
  UNWIND told AS r
  WITH r, what WHERE NOT coalesce(r.date_from > what.date_to OR r.date_to < what.date_from, false)
  RETURN r, what, 'not on the list' AS how
}
WITH a, r, what, how
WHERE r.mode IN $modes AND r.confidence IN $confidences
WITH a, what, how, r.at_meeting AS at, collect(r) AS told
WITH what, collect({a: a, how: how, at: at, told: told}) AS missing

// where: where the meeting was, else where what it is about belongs, else where the person does
WITH what, missing,
     CASE WHEN $site IS NOT NULL
          THEN COLLECT { MATCH (what)-[:OF_ARENA|IN_CASE*0..2]->(there)
                         WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id } END AS its_sites,
     CASE WHEN $case IS NOT NULL
          THEN COLLECT { MATCH (what)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id } END AS its_cases
UNWIND missing AS each
WITH each.a AS a, what, each.how AS how, each.at AS at, each.told AS told, its_sites, its_cases
WITH a, what, how, told,
     CASE WHEN $site IS NOT NULL THEN head([found IN [
       CASE WHEN at IS NOT NULL THEN COLLECT {
         MATCH (:Meeting {id: coalesce(at, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
         WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id } ELSE [] END,
       its_sites,
       CASE its_sites WHEN [] THEN COLLECT { MATCH (a)-[:AT_SITE]->(s:Site) RETURN s.id } ELSE [] END]
       WHERE found <> []]) END AS sites,
     CASE WHEN $case IS NOT NULL THEN head([found IN [
       CASE WHEN at IS NOT NULL THEN COLLECT {
         MATCH (:Meeting {id: coalesce(at, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy) RETURN c.id } ELSE [] END,
       its_cases] WHERE found <> []]) END AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
WITH a, what, how, collect(told) AS parts
CALL (parts) {
  UNWIND parts AS part
  UNWIND part AS r
  OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
  WITH r, coalesce(s.name, s.id, r.file) AS said_by
  ORDER BY said_by, r.id
  RETURN collect(DISTINCT r.brings) AS brings, collect(DISTINCT r.note) AS notes,
         collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
}
RETURN a.name AS actor, a.id AS actor_id, how, coalesce(what.name, what.id) AS what, what.id AS what_id,
       labels(what)[0] AS what_kind, brings, notes, according_to, sources, claims
ORDER BY how = 'not on the list', how, actor_id, what_id
