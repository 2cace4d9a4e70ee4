// title: "The burden of proof compared: contesting and appraisal before the first use, on ethnicity and in general"
// question: 32. Is the burden of proof higher for BME-related evidence? (The two groups beside each other, with their
//   numbers; burden_of_proof has the pieces.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   scope: ethnicity_specific for evidence on ethnicity and for claims on it, else general; a document is among those on
//     ethnicity by such claims alone, be it the contest itself, and can be in both groups
//   kind: Evidence or Document
//   pieces: how many pieces of evidence or documents are in the group
//   contested_pieces: how many of these were contested
//   share_contested: contested_pieces / pieces
//   contests: how many contesting steps there are (who contested it, at which meeting)
//   contests_per_piece: contests / pieces
//   used_pieces: how many pieces have a recorded use
//   before_use: how many contesting steps came certainly before the first use of the piece
//   possibly_before_use: how many may have come before or after it, by their dates
//   before_use_per_used_piece: before_use / used_pieces; empty where no use is recorded
//   after_use: how many came certainly after it
//   not_placed: how many cannot be placed, because a date or a use is missing
//   appraisals_per_piece: appraisals / pieces
//   supports_per_piece: supporting steps / pieces
//   sources: how many sources say so
//   claims: ids of the claims
// example: none
// boxes:
//   - document_extraction_template.ethnicity_data_quality_issues
//   - document_extraction_template.reception_and_contestation

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
WITH x, kind
WHERE ($case IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) })
OPTIONAL MATCH (who)-[r:CONTESTED|SUPPORTED|APPRAISED|USED]->(x)
WHERE r.mode IN $modes AND r.confidence IN $confidences
WITH DISTINCT kind, x, who, r,
     CASE WHEN r.scope IN ['ethnicity_specific', 'both'] OR x.equality_strand = $strand
          THEN 'ethnicity_specific' ELSE 'general' END AS scope

// one step a person and meeting, however many sources tell of it, with all the days that any of them allows
WITH kind, x, scope, type(r) AS did, who.id AS who, coalesce(r.at_meeting, '') AS meeting, collect(r) AS told,
     CASE count(CASE WHEN r.date_from IS NULL AND r.date_to IS NOT NULL THEN 1 END)
       WHEN 0 THEN min(r.date_from) END AS first,
     CASE count(CASE WHEN r.date_to IS NULL AND r.date_from IS NOT NULL THEN 1 END)
       WHEN 0 THEN max(r.date_to) END AS last
WITH kind, x, scope, collect({did: did, who: who, first: first, last: last}) AS steps,
     reduce(all = [], some IN collect(told) | all + some) AS told
// an undated claim of what the same person also did on a known day is not a further step
WITH kind, x, scope, told,
     [s IN steps WHERE coalesce(s.first, s.last) IS NOT NULL
        OR none(o IN steps WHERE o.did = s.did AND o.who = s.who AND coalesce(o.first, o.last) IS NOT NULL)] AS steps
WITH kind, x, scope, told, steps, [s IN steps WHERE s.did = 'CONTESTED'] AS contests,
     [s IN steps WHERE s.did = 'USED'] AS uses
// the first use was not before the earliest day of any, and by the earliest last day of one
WITH kind, x, scope, told, steps, contests, uses,
     CASE WHEN all(u IN uses WHERE u.first IS NOT NULL)
          THEN reduce(d = null, u IN uses | CASE WHEN u.first > d THEN d ELSE u.first END) END AS used_from,
     reduce(d = null, u IN uses | CASE WHEN u.last > d OR u.last IS NULL THEN d ELSE u.last END) AS used_to
WITH kind, x, scope, told, steps, contests, uses, used_from, used_to,
     [c IN contests WHERE c.last < used_from] AS before, [c IN contests WHERE c.first > used_to] AS after,
     [c IN contests WHERE coalesce(c.first, c.last) IS NULL OR coalesce(used_from, used_to) IS NULL] AS not_placed
WITH scope, kind, count(x) AS pieces, sum(CASE contests WHEN [] THEN 0 ELSE 1 END) AS contested_pieces,
     sum(size(contests)) AS contests, sum(CASE uses WHEN [] THEN 0 ELSE 1 END) AS used_pieces,
     sum(size(before)) AS before_use,
     sum(size(contests) - size(before) - size(after) - size(not_placed)) AS possibly_before_use,
     sum(size(after)) AS after_use, sum(size(not_placed)) AS not_placed,
     sum(size([s IN steps WHERE s.did = 'APPRAISED'])) AS appraisals,
     sum(size([s IN steps WHERE s.did = 'SUPPORTED'])) AS supports,
     reduce(all = [], some IN collect(told) | all + some) AS told
RETURN scope, kind, pieces, contested_pieces, toFloat(contested_pieces) / pieces AS share_contested, contests,
       toFloat(contests) / pieces AS contests_per_piece, used_pieces, before_use, possibly_before_use,
       CASE WHEN used_pieces > 0 THEN toFloat(before_use) / used_pieces END AS before_use_per_used_piece,
       after_use, not_placed, toFloat(appraisals) / pieces AS appraisals_per_piece,
       toFloat(supports) / pieces AS supports_per_piece,
       COUNT { UNWIND told AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND told AS r RETURN DISTINCT r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY kind DESC, scope
