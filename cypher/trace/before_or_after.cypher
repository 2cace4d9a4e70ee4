// title: Whether evidence was used before or after the decision that it is said to support
// question: 10. Was it used before or after the decision it is said to support (post hoc)?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   action: the decision or action that it is said to justify, recommend or have influenced; empty if none is named
//   action_id: its id
//   action_kind: its kind
//   said: used to justify, recommends, influenced; with "not" before what was reported not to have happened
//   stated: before, after or not_known, where a claim says so itself
//   decided_from: "the earliest possible day of the decision: of the meetings it arose from, else of when it came about"
//   decided_to: the latest possible day of the decision
//   by_dates: "before, after, possibly after, before and after, or not known: the dated uses of it against the
//     decision"
//   uses_before: how many claims of its use are certainly before the decision
//   uses_after: how many are certainly after it
//   uses_unclear: how many overlap with it, or are dated too vaguely to tell
//   uses_undated: how many have no date at all
//   brought_in: "before, after or not known: its dated introductions against the decision"
//   use_types: the types of use that the claims name
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D33}
// boxes:
//   - document_extraction_template.course_of_action.how_case_made
//   - document_extraction_template.journey_evidence_uses
// labels: {stated: before_or_after, use_types: use_type}

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// the decisions and actions that it is said to support
OPTIONAL MATCH (item)-[tie:USED_TO_JUSTIFY|RECOMMENDS|INFLUENCED|
                            NOT_USED_TO_JUSTIFY|NOT_RECOMMENDS|NOT_INFLUENCED]->(action:Action)
WHERE tie.mode IN $modes AND tie.confidence IN $confidences
WITH item, action, tie
ORDER BY tie.id
WITH item, action, collect(tie) AS ties

// when that was decided
WITH *, COLLECT {
  MATCH (action)-[r:ARISES_FROM]->(m:Meeting)
  WHERE r.mode IN $modes AND r.confidence IN $confidences AND coalesce(m.date_from, m.date_to) IS NOT NULL
  RETURN {claim: r, from: m.date_from, to: m.date_to}
} AS arises, COLLECT {
  MATCH (action)<-[r:RESULTED_IN]-(:CaseStudy)
  WHERE r.mode IN $modes AND r.confidence IN $confidences AND coalesce(r.date_from, r.date_to) IS NOT NULL
  RETURN {claim: r, from: r.date_from, to: r.date_to}
} AS results
WITH item, action, ties, CASE arises WHEN [] THEN results ELSE arises END AS decided
CALL (decided) {
  UNWIND decided AS d
  RETURN CASE count(d.from) WHEN count(d) THEN min(d.from) END AS decided_from,
         CASE count(d.to) WHEN count(d) THEN max(d.to) END AS decided_to
}

// when it was used and brought in
WITH *, COLLECT {
  MATCH (item)<-[r:USED|INTRODUCED]-()
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN r
  UNION
  UNWIND ties AS r
  WITH r
  WHERE type(r) = 'USED_TO_JUSTIFY' AND coalesce(r.date_from, r.date_to) IS NOT NULL
  RETURN r
} AS events
WITH *, [r IN events | {
  use: type(r) <> 'INTRODUCED',
  lies: CASE WHEN coalesce(r.date_from, r.date_to) IS NULL THEN 'undated' WHEN r.date_to < decided_from THEN 'before'
             WHEN r.date_from > decided_to THEN 'after' ELSE 'unclear' END
}] AS placed
WITH *, size([p IN placed WHERE p.use AND p.lies = 'before']) AS uses_before,
     size([p IN placed WHERE p.use AND p.lies = 'after']) AS uses_after,
     size([p IN placed WHERE p.use AND p.lies = 'unclear']) AS uses_unclear,
     size([p IN placed WHERE p.use AND p.lies = 'undated']) AS uses_undated,
     [p IN placed WHERE NOT p.use | p.lies] AS brought, ties + [d IN decided | d.claim] + events AS all_claims
WHERE action IS NOT NULL OR uses_before + uses_after + uses_unclear + uses_undated > 0
RETURN action.name AS action, action.id AS action_id, action.kind AS action_kind,
       COLLECT { UNWIND COLLECT { UNWIND ties AS r RETURN DISTINCT toLower(replace(type(r), '_', ' ')) AS t } AS t
                 RETURN t ORDER BY t } AS said,
       COLLECT { UNWIND COLLECT { UNWIND ties AS r WITH r WHERE r.before_or_after_decision IS NOT NULL
                                  RETURN DISTINCT r.before_or_after_decision AS t } AS t
                 RETURN t ORDER BY t } AS stated,
       decided_from, decided_to,
       CASE WHEN uses_before > 0 AND uses_after > 0 THEN 'before and after' WHEN uses_before > 0 THEN 'before'
            WHEN uses_after > 0 AND uses_unclear = 0 THEN 'after' WHEN uses_after > 0 THEN 'possibly after'
            ELSE 'not known' END AS by_dates,
       uses_before, uses_after, uses_unclear, uses_undated,
       CASE WHEN 'before' IN brought THEN 'before' WHEN 'after' IN brought AND NOT 'unclear' IN brought THEN 'after'
            ELSE 'not known' END AS brought_in,
       COLLECT { UNWIND COLLECT { UNWIND events AS r WITH r WHERE r.use_type IS NOT NULL
                                  RETURN DISTINCT r.use_type AS t } AS t
                 RETURN t ORDER BY t } AS use_types,
       COUNT { UNWIND all_claims AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND all_claims AS r RETURN DISTINCT r.id AS id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY action_id
