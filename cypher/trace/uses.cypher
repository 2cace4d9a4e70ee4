// title: Uses of a document or piece of evidence, by whom, and where in the commissioning cycle
// question: 11. What use types were made of it, at which cycle elements, by whom?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   use_type: instrumental, conceptual, influential, post_hoc or other; empty where the claim does not say
//   element: the element of the commissioning cycle at which it was used; empty where the claim does not say
//   concerns: the cycle elements that the document or evidence itself concerns
//   who: the person or group that used it
//   who_id: its id
//   who_kind: its kind
//   purpose: for what purpose
//   function: to describe, explain or prescribe
//   talk_or_action: whether it is talk about using it, or use
//   meeting: the meeting at which it was used
//   meeting_id: its id
//   date_from: the earliest possible day
//   date_to: the latest possible day
//   dated_claims: how many of the claims have a date
//   reported_not_to_have_happened: whether it was reported not to have happened
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims; an account in other words is a row of its own
// example: {document: D07}
// boxes:
//   - document_extraction_template.journey_evidence_uses
// labels: {element: cycle_element}

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

MATCH (user)-[r:USED|NOT_USED]->(item)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
OPTIONAL MATCH (m:Meeting {id: coalesce(r.at_meeting, '')})
OPTIONAL MATCH (e:CycleElement {id: coalesce(r.element, '')})
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH item, user, r, m, coalesce(e.name, r.element) AS element, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY said_by, r.id
WITH item, user, m, r.use_type AS use_type, element, r.purpose AS purpose, r.function AS function,
     r.talk_or_action AS talk_or_action, r.date_from AS date_from, r.date_to AS date_to,
     type(r) = 'NOT_USED' AS not_so, count(coalesce(r.date_from, r.date_to)) AS dated_claims,
     collect(DISTINCT said_by) AS according_to, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
RETURN use_type, element,
       COLLECT { UNWIND COLLECT { MATCH (item)-[r:CONCERNS]->(e:CycleElement)
                 WHERE r.mode IN $modes AND r.confidence IN $confidences RETURN DISTINCT e.name AS t } AS t
                 RETURN t ORDER BY t } AS concerns,
       user.name AS who, user.id AS who_id, labels(user)[0] AS who_kind, purpose, function, talk_or_action,
       coalesce(m.name, m.id) AS meeting, m.id AS meeting_id, date_from, date_to, dated_claims,
       not_so AS reported_not_to_have_happened, according_to, sources,
       claims
// a date known only as 2011 stands behind what is certain of that year
ORDER BY reported_not_to_have_happened, use_type IS NULL, use_type, coalesce(date_to, date_from) IS NULL,
         coalesce(date_to, date_from), date_from IS NULL, date_from, who_id, claims[0]
