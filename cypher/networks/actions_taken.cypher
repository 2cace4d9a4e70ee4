// title: Who takes actions away from meetings, and whether the actions return
// question: 18. Who takes actions away from meetings, and do those actions return?
// params:
//   study: text, the study's id
//   site: text = null, the id of a site; left out, all sites
//   case: text = null, the id of a case study; left out, all case studies
//   scope: text = null, general or ethnicity_specific: only what is said in that scope, or in both
//   from: date = null, only what may have happened on this day or later
//   to: date = null, only what may have happened on this day or earlier
//   modes: list = ["verbatim", "paraphrase", "researcher_comment", "interpretive", "not_stated"], how a claim was noted
//   confidences: list = ["high", "medium", "low", "not_judged"], how sure the researcher is
// returns:
//   actor: who took it away; empty for an action that arose from a meeting and that nobody is said to have taken away
//   actor_id: their id
//   action: the action
//   action_id: its id
//   action_kind: its kind
//   not_so: whether it was found not to be so
//   meetings: the meetings from which it was taken away; where the claims name none, those it arises from
//   returned: yes, when it came up at a later meeting; not known, when no claim says so
//   later_meetings: the meetings, certainly later than the first of those, at which it came up
//   outcome: came about, found not to have come about, accounts differ, not known
//   dated: how many of the meetings have a date
//   sources: how many sources say so
//   claims: ids of the claims
// example: site=north

// who took it away, and which meetings it arises from
MATCH (action:Action {study: $study})
OPTIONAL MATCH (action)<-[r:TOOK_AWAY]-(a:Actor)
WHERE coalesce(r.status, 'stated') <> 'withdrawn'
  AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
WITH action, a, CASE WHEN r IS NULL THEN false ELSE coalesce(r.negated, false) END AS not_so, r
ORDER BY r.id
WITH action, a, not_so, collect(r) AS taken
WITH *, COLLECT {
  MATCH (action)-[r:ARISES_FROM]->(m:Meeting)
  WHERE coalesce(r.status, 'stated') <> 'withdrawn'
    AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(r.negated, false)
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  RETURN {claim: r, meeting: m} ORDER BY r.id
} AS arises
WHERE a IS NOT NULL OR size(arises) > 0

// from which meetings, where and when
WITH *, COLLECT {
  UNWIND taken AS r
  MATCH (m:Meeting {id: r.at_meeting})
  RETURN DISTINCT m ORDER BY m.date_from, m.id
} AS named, COLLECT {
  UNWIND arises AS x
  WITH DISTINCT x.meeting AS m
  RETURN m ORDER BY m.date_from, m.id
} AS arisen
WITH *, CASE named WHEN [] THEN arisen ELSE named END AS meetings
WITH *, [m IN meetings | m.date_from] + [r IN taken | r.date_from] AS firsts,
     [m IN meetings | m.date_to] + [r IN taken | r.date_to] AS lasts, head([found IN [
       COLLECT { UNWIND meetings AS m MATCH (m)-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(s:Site) RETURN s.id },
       COLLECT { MATCH (a)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) AS sites,
     COLLECT { UNWIND meetings AS m MATCH (m)-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy) RETURN c.id } AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
  AND ($from IS NULL OR any(day IN lasts WHERE day >= $from) OR all(day IN lasts WHERE day IS NULL))
  AND ($to IS NULL OR any(day IN firsts WHERE day <= $to) OR all(day IN firsts WHERE day IS NULL))

// whether it came back, and what came of it
WITH *, coalesce(meetings[0].date_to, [day IN lasts WHERE day IS NOT NULL][0]) AS taken_by
WITH *, COLLECT {
  MATCH (action)-[r]-(other)
  WHERE coalesce(r.status, 'stated') <> 'withdrawn'
    AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(r.negated, false)
  MATCH (m:Meeting {id: coalesce(r.at_meeting, CASE type(r) WHEN 'ARISES_FROM' THEN other.id END)})
  WHERE m.date_from > taken_by
  RETURN {claim: r, meeting: m} ORDER BY m.date_from, m.id, r.id
} AS later, COLLECT {
  MATCH (action)<-[r:RESULTED_IN]-(:CaseStudy)
  WHERE coalesce(r.status, 'stated') <> 'withdrawn'
    AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
  RETURN r ORDER BY r.id
} AS results
WITH *, [r IN results | coalesce(r.negated, false)] AS denied,
     taken + [x IN arises | x.claim] + [x IN later | x.claim] + results AS all_claims
RETURN a.name AS actor, a.id AS actor_id, action.name AS action, action.id AS action_id, action.kind AS action_kind,
       not_so, [m IN meetings | coalesce(m.name, m.id)] AS meetings,
       CASE later WHEN [] THEN 'not known' ELSE 'yes' END AS returned,
       COLLECT { UNWIND later AS x WITH DISTINCT x.meeting AS m
                 RETURN coalesce(m.name, m.id) AS t ORDER BY m.date_from, m.id } AS later_meetings,
       CASE WHEN true IN denied AND false IN denied THEN 'accounts differ' WHEN false IN denied THEN 'came about'
            WHEN true IN denied THEN 'found not to have come about' ELSE 'not known' END AS outcome,
       size([m IN meetings WHERE coalesce(m.date_from, m.date_to) IS NOT NULL]) AS dated,
       COUNT { UNWIND all_claims AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND all_claims AS r RETURN DISTINCT r.id AS id ORDER BY id } AS claims
ORDER BY actor_id IS NULL, actor_id, action_id, not_so
