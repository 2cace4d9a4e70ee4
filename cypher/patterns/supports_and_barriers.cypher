// title: Supports and barriers: how often each recurs, and whether it is general or about ethnicity
// question: 30. Which barriers and supports recur, and are they general or ethnicity-specific?
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
//   factor: what helped or hindered
//   factor_id: its id
//   polarity: support or barrier
//   domain: where it lies: individual, evidence, organisational, people, processes and so on
//   acted_on: so many case studies, pieces of evidence and journeys it acted on: more than one, and it recurs
//   sites: the sites of these
//   general: so many claims say so in general
//   ethnicity_specific: so many say so about ethnicity
//   both: so many say so of both
//   not_stated: so many do not say
//   found_not_to: so many claims that it was found not to act
//   sources: so many sources say that it acted
//   dated: so many of the claims have a date
//   claims: ids of the claims, also of those that found it not to act
// example: scope=ethnicity_specific

MATCH (f:Factor {study: $study})-[r:ACTED_ON]->(x)
WHERE coalesce(r.status, 'stated') <> 'withdrawn'
  AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)

// its case studies: itself, or those it belongs to; a journey without any has those of what it is the journey of
CALL (x) {
  WITH x AS c WHERE c:CaseStudy RETURN c
  UNION
  MATCH (x)-[:IN_CASE]->(c:CaseStudy) RETURN c
  UNION
  MATCH (x)-[:JOURNEY_OF]->()-[:IN_CASE]->(c:CaseStudy) WHERE NOT EXISTS { (x)-[:IN_CASE]->() } RETURN c
  UNION
  WITH null AS c WHERE $site IS NULL AND $case IS NULL RETURN c
}
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH f, r, x, c, site
WHERE ($case IS NULL OR c.id IN [$case, $study + ':case_study:' + $case])
  AND ($site IS NULL OR site.id IN [$site, $study + ':site:' + $site])
WITH f, collect(DISTINCT CASE WHEN coalesce(r.negated, false) = false THEN site.name END) AS sites,
     count(DISTINCT CASE WHEN coalesce(r.negated, false) = false THEN x END) AS acted_on,
     collect(DISTINCT r) AS told
WITH f, sites, acted_on, told, [r IN told WHERE coalesce(r.negated, false) = false] AS so
RETURN f.name AS factor, f.id AS factor_id, f.polarity AS polarity, f.domain AS domain, acted_on,
       COLLECT { UNWIND sites AS name RETURN name ORDER BY name } AS sites,
       size([r IN so WHERE r.scope = 'general']) AS general,
       size([r IN so WHERE r.scope = 'ethnicity_specific']) AS ethnicity_specific,
       size([r IN so WHERE r.scope = 'both']) AS both,
       size([r IN so WHERE coalesce(r.scope, 'not_stated') = 'not_stated']) AS not_stated,
       size(told) - size(so) AS found_not_to,
       COUNT { UNWIND so AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       size([r IN told WHERE coalesce(r.date_from, r.date_to) IS NOT NULL]) AS dated,
       COLLECT { UNWIND told AS r RETURN r.id AS id ORDER BY id } AS claims
ORDER BY acted_on DESC, polarity, factor, factor_id
