// title: Who takes actions away from meetings, and whether the actions return
// question: 18. Who takes actions away from meetings, and do those actions return?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   actor: who took it away; empty for an action that arose from a meeting and that no source says anybody took away
//   actor_id: their id
//   action: the action
//   action_id: its id
//   action_kind: its kind
//   reported_not_to_have_happened: whether it was reported not to have happened
//   meetings: the meetings from which it was taken away; where the claims name none, those from which it arose
//   returned: yes if it came up at a later meeting; not known if no claim says so
//   later_meetings: the meetings certainly later than the first of these at which it came up again
//   outcome: came about, reported not to have come about, sources disagree, or not known
//   dated_meetings: how many of the meetings have a date
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}

MATCH (action:Action {study: $study})

// the meetings it arises from
WITH action, COLLECT {
  MATCH (action)-[r:ARISES_FROM]->(m:Meeting)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  RETURN {claim: r, meeting: m, from: m.date_from, to: m.date_to} ORDER BY coalesce(m.date_to, m.date_from), m.id, r.id
} AS arises

// who took it away, from which meeting and when; where a claim says neither, when it arose
OPTIONAL MATCH (action)<-[r:TOOK_AWAY|NOT_TOOK_AWAY]-(a:Actor)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
OPTIONAL MATCH (m:Meeting {id: coalesce(r.at_meeting, '')})
WITH action, arises, a, r, m, coalesce(type(r) = 'NOT_TOOK_AWAY', false) AS not_so,
     coalesce(r.date_from, r.date_to, m.date_from, m.date_to) IS NULL AS undated
ORDER BY coalesce(m.date_to, m.date_from), m.id, r.id
WITH action, arises, a, not_so, collect(CASE WHEN r IS NOT NULL THEN {
  claim: r, meeting: m,
  from: CASE WHEN undated THEN arises[0].from ELSE coalesce(r.date_from, m.date_from) END,
  to: CASE WHEN undated THEN arises[0].to ELSE coalesce(r.date_to, m.date_to) END
} END) AS taken
WITH action, a, not_so, arises, [t IN CASE taken WHEN [] THEN arises ELSE taken END
  WHERE ($from IS NULL OR t.to IS NULL OR t.to >= $from) AND ($to IS NULL OR t.from IS NULL OR t.from <= $to)] AS taken
WHERE size(taken) > 0

// where: where the meetings were, else where who took it belongs
WITH *, COLLECT {
  UNWIND COLLECT { UNWIND taken AS t WITH t WHERE t.meeting IS NOT NULL RETURN DISTINCT t.meeting AS m } AS m
  RETURN m ORDER BY coalesce(m.date_to, m.date_from), m.id
} AS named, COLLECT {
  UNWIND COLLECT { UNWIND arises AS t RETURN DISTINCT t.meeting AS m } AS m
  RETURN m ORDER BY coalesce(m.date_to, m.date_from), m.id
} AS arisen
WITH *, CASE named WHEN [] THEN arisen ELSE named END AS meetings
WITH *, head([found IN [
       COLLECT { UNWIND meetings AS m MATCH (m)-[:OF_ARENA|IN_CASE*0..2]->(there)
                                      WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
       COLLECT { MATCH (a)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) AS sites,
     COLLECT { UNWIND meetings AS m MATCH (m)-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy) RETURN c.id } AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)

// whether it came back, and what came of it
WITH *, COLLECT { UNWIND taken AS t WITH t.to AS day WHERE day IS NOT NULL RETURN day ORDER BY day }[0] AS taken_by
WITH *, COLLECT {
  MATCH (action)-[r]-(other)
  WHERE NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
    AND r.mode IN $modes AND r.confidence IN $confidences
  MATCH (m:Meeting {id: coalesce(r.at_meeting, CASE type(r) WHEN 'ARISES_FROM' THEN other.id END, '')})
  WHERE m.date_from > taken_by
  RETURN {claim: r, meeting: m} ORDER BY coalesce(m.date_to, m.date_from), m.id, r.id
} AS later, COLLECT {
  MATCH (action)<-[r:RESULTED_IN|NOT_RESULTED_IN]-(:CaseStudy)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN r ORDER BY r.id
} AS results
WITH *, [r IN results | type(r) = 'NOT_RESULTED_IN'] AS denied,
     [x IN taken + arises + later | x.claim] + results AS all_claims
RETURN a.name AS actor, a.id AS actor_id, action.name AS action, action.id AS action_id, action.kind AS action_kind,
       not_so AS reported_not_to_have_happened, [m IN meetings | coalesce(m.name, m.id)] AS meetings,
       CASE later WHEN [] THEN 'not known' ELSE 'yes' END AS returned,
       COLLECT { UNWIND COLLECT { UNWIND later AS x RETURN DISTINCT x.meeting AS m } AS m
                 RETURN coalesce(m.name, m.id) AS t ORDER BY coalesce(m.date_to, m.date_from), m.id } AS later_meetings,
       CASE WHEN true IN denied AND false IN denied THEN 'sources disagree' WHEN false IN denied THEN 'came about'
            WHEN true IN denied THEN 'reported not to have come about' ELSE 'not known' END AS outcome,
       size([m IN meetings WHERE coalesce(m.date_from, m.date_to) IS NOT NULL]) AS dated_meetings,
       COUNT { UNWIND all_claims AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND all_claims AS r RETURN DISTINCT r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY actor_id IS NULL, actor_id, action_id, reported_not_to_have_happened
