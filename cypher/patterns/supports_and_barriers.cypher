// title: "Supports and barriers: how often each recurs, and whether it is general or about ethnicity"
// question: 30. Which barriers and supports recur, and are they general or ethnicity-specific?
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
//   factor: what helped or hindered
//   factor_id: its id
//   polarity: support or barrier
//   domain: "where it lies: individual, evidence, organisational, people, processes and so on"
//   acted_on: "number of case studies, pieces of evidence and journeys that it acted on; more than one means it recurs"
//   sites: the sites of these
//   general: number of these on which it acted in general
//   ethnicity_specific: number on which it acted as far as ethnicity is concerned
//   both: number on which it acted in both respects
//   not_stated: number for which no source says in which respect
//   reported_not_to_act: number on which it was reported not to have acted
//   sources: how many sources say so
//   dated_claims: how many of the claims have a date
//   claims: ids of the claims, also of those that report it did not act
// example: {scope: ethnicity_specific}
// codes: ["2.12", "2.13", "3.13", "3.14", "4.11", "4.12", "5.13", "5.14", "8.12", "8.13"]
// boxes:
//   - document_extraction_template.journey_good_practice.supports_evidence
//   - document_extraction_template.journey_good_practice.supports_ethnic_inequalities
//   - document_extraction_template.journey_skills_confidence
//   - observation_guide.skills_confidence_competence
// labels: {domain: factor_domain, polarity: factor_polarity}

MATCH (f:Factor {study: $study})-[r:ACTED_ON|NOT_ACTED_ON]->(x)
WHERE r.mode IN $modes AND r.confidence IN $confidences
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
WHERE ($case IS NULL OR c.id = $case)
  AND ($site IS NULL OR site.id = $site)
WITH f, collect(DISTINCT CASE WHEN type(r) = 'ACTED_ON' THEN site.name END) AS sites,
     count(DISTINCT CASE WHEN type(r) = 'ACTED_ON' THEN x END) AS acted_on,
     collect(DISTINCT CASE WHEN type(r) = 'ACTED_ON'
                           THEN {x: x, scope: r.scope} END) AS so,
     count(DISTINCT CASE WHEN type(r) = 'NOT_ACTED_ON' THEN x END) AS reported_not_to_act, collect(DISTINCT r) AS told
RETURN f.name AS factor, f.id AS factor_id, f.polarity AS polarity, f.domain AS domain, acted_on,
       COLLECT { UNWIND sites AS name RETURN name ORDER BY name } AS sites,
       size([s IN so WHERE s.scope = 'general']) AS general,
       size([s IN so WHERE s.scope = 'ethnicity_specific']) AS ethnicity_specific,
       size([s IN so WHERE s.scope = 'both']) AS both, size([s IN so WHERE s.scope = 'not_stated']) AS not_stated,
       reported_not_to_act,
       COUNT { UNWIND told AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       size([r IN told WHERE coalesce(r.date_from, r.date_to) IS NOT NULL]) AS dated_claims,
       COLLECT { UNWIND told AS r RETURN r.id AS id ORDER BY id } AS claims
ORDER BY acted_on DESC, polarity, factor, factor_id
