// title: How often evidence was contested and appraised before it was first used, on ethnicity and in general
// question: 32. Is the burden of proof higher for BME-related evidence (more contesting steps before use)?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: only the rows of this scope}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   scope: ethnicity_specific for claims on ethnicity and evidence on it, else general
//   kind: Evidence or Document
//   piece: the piece of evidence or document
//   piece_id: its id
//   contested: "number of contesting steps; one step is one contester at one meeting"
//   before_use: how many of them certainly came before the first use
//   possibly_before_use: how many may have come before or after it, by their dates
//   after_use: how many certainly came after it
//   not_placed: how many cannot be placed, because a date or a use is missing
//   appraised: number of appraisals
//   supported: number of supporting steps
//   uses: number of uses
//   used_from: the earliest possible day of the first use; empty where a use is undated
//   used_to: the latest possible day of the first use
//   sources: how many sources say so
//   dated_claims: how many of the claims have a date
//   claims: ids of the claims
// example: {site: north}
// boxes:
//   - document_extraction_template.ethnicity_data_quality_issues
//   - document_extraction_template.reception_and_contestation

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
WITH x, kind
WHERE $case IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) }
OPTIONAL MATCH (who)-[r:CONTESTED|SUPPORTED|APPRAISED|USED]->(x)
WHERE r.mode IN $modes AND r.confidence IN $confidences
OPTIONAL MATCH (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT site, kind, x, who, r,
     CASE WHEN r.scope IN ['ethnicity_specific', 'both'] OR x.equality_strand = $strand
          THEN 'ethnicity_specific' ELSE 'general' END AS scope
WHERE ($site IS NULL OR site.id = $site) AND ($scope IS NULL OR scope = $scope)

// one step a person and meeting, however many sources tell of it, with all the days that any of them allows
WITH site, kind, x, scope, type(r) AS did, who.id AS who, coalesce(r.at_meeting, '') AS meeting, collect(r) AS told,
     CASE count(CASE WHEN r.date_from IS NULL AND r.date_to IS NOT NULL THEN 1 END)
       WHEN 0 THEN min(r.date_from) END AS first,
     CASE count(CASE WHEN r.date_to IS NULL AND r.date_from IS NOT NULL THEN 1 END)
       WHEN 0 THEN max(r.date_to) END AS last
WITH site, kind, x, scope, collect({did: did, who: who, first: first, last: last}) AS steps,
     reduce(all = [], some IN collect(told) | all + some) AS told
// an undated claim of what the same person also did on a known day is not a further step
WITH site, kind, x, scope, told,
     [s IN steps WHERE coalesce(s.first, s.last) IS NOT NULL
        OR none(o IN steps WHERE o.did = s.did AND o.who = s.who AND coalesce(o.first, o.last) IS NOT NULL)] AS steps
WITH site, kind, x, scope, told, steps, [s IN steps WHERE s.did = 'CONTESTED'] AS contests,
     [s IN steps WHERE s.did = 'USED'] AS uses
// the first use was not before the earliest day of any, and by the earliest last day of one
WITH site, kind, x, scope, told, steps, contests, uses,
     CASE WHEN all(u IN uses WHERE u.first IS NOT NULL)
          THEN reduce(d = null, u IN uses | CASE WHEN u.first > d THEN d ELSE u.first END) END AS used_from,
     reduce(d = null, u IN uses | CASE WHEN u.last > d OR u.last IS NULL THEN d ELSE u.last END) AS used_to
WITH site, kind, x, scope, told, steps, contests, uses, used_from, used_to,
     [c IN contests WHERE c.last < used_from] AS before, [c IN contests WHERE c.first > used_to] AS after,
     [c IN contests WHERE coalesce(c.first, c.last) IS NULL OR coalesce(used_from, used_to) IS NULL] AS not_placed
RETURN site.name AS site, site.id AS site_id, scope, kind, x.name AS piece, x.id AS piece_id,
       size(contests) AS contested, size(before) AS before_use,
       size(contests) - size(before) - size(after) - size(not_placed) AS possibly_before_use,
       size(after) AS after_use, size(not_placed) AS not_placed,
       size([s IN steps WHERE s.did = 'APPRAISED']) AS appraised,
       size([s IN steps WHERE s.did = 'SUPPORTED']) AS supported,
       size(uses) AS uses, used_from, used_to,
       COUNT { UNWIND told AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       size([r IN told WHERE coalesce(r.date_from, r.date_to) IS NOT NULL]) AS dated_claims,
       COLLECT { UNWIND COLLECT { UNWIND told AS r RETURN DISTINCT r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY scope, site, site_id, kind DESC, piece, piece_id
