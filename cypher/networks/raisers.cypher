// title: Who raises ethnic equality at meetings, who raises the use of evidence, and whether they are the same people
// question: 17. Who raises ethnic equality, who raises evidence use; are they the same people?
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
//   actor: who raised an issue
//   actor_id: their id
//   ethnic_equality: at how many different meetings they raised ethnic equality
//   evidence_use: at how many different meetings they raised the use of evidence
//   both: whether they raised both, at one meeting or at different ones
//   other_issues: what else they raised, in the words of the claims
//   reported_not_raised: at how many meetings they were reported not to have raised an issue
//   meetings: the meetings at which they raised something
//   dated_claims: how many of the claims have a date, their own or the meeting's
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}
// boxes:
//   - observation_guide.race_ethnicity_inequalities
//   - observation_guide.evidence_journeys
// labels: {other_issues: issue}

MATCH (a:Actor {study: $study})-[r:RAISED|NOT_RAISED]->(m:Meeting {study: $study})
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])

// when and where: the meeting's, unless the claim has a date of its own
WITH a, r, m, type(r) = 'NOT_RAISED' AS not_so,
     coalesce(r.date_from, m.date_from) AS date_from, coalesce(r.date_to, m.date_to) AS date_to
WHERE ($from IS NULL OR date_to IS NULL OR date_to >= $from)
  AND ($to IS NULL OR date_from IS NULL OR date_from <= $to)
  AND ($site IS NULL OR EXISTS { (m)-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site}) })
  AND ($case IS NULL OR EXISTS { (m)-[:OF_ARENA|IN_CASE*1..2]->(:CaseStudy {id: $case}) })
WITH a, r, m, not_so, coalesce(date_from, date_to) AS day
ORDER BY coalesce(m.date_to, m.date_from), m.id, r.id
WITH a, count(DISTINCT CASE WHEN NOT not_so AND r.issue = 'ethnic_equality' THEN m END) AS ethnic_equality,
     count(DISTINCT CASE WHEN NOT not_so AND r.issue = 'evidence_use' THEN m END) AS evidence_use,
     collect(DISTINCT CASE WHEN NOT not_so AND NOT r.issue IN ['ethnic_equality', 'evidence_use'] THEN r.issue END)
       AS other_issues,
     count(DISTINCT CASE WHEN not_so THEN m END) AS reported_not_raised,
     collect(DISTINCT CASE WHEN NOT not_so THEN coalesce(m.name, m.id) END) AS meetings,
     count(day) AS dated_claims, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
RETURN a.name AS actor, a.id AS actor_id, ethnic_equality, evidence_use,
       ethnic_equality > 0 AND evidence_use > 0 AS both, other_issues, reported_not_raised, meetings, dated_claims,
       sources, claims
ORDER BY both DESC, ethnic_equality DESC, evidence_use DESC, actor_id
