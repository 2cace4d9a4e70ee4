// title: Which documents are called living documents, and at which meetings they came up again
// question: 12. Is it called a living document, and do later meetings in fact refer to it?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: "the id of the document; left out, all documents"}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   document: the document
//   document_id: its id
//   doc_number: its number in the case study
//   called: "the status of the answer in its extraction form: answered, nothing_found, not_known_yet; not_asked, also if it has no
//     form"
//   words: "the answer as written; judge for yourself whether it says yes"
//   first_meeting: the first meeting with a date at which it is certain to have come up
//   later_meetings: the meetings certainly later than that at which it came up again
//   later: how many these are
//   undated_meetings: at how many meetings without a date it came up
//   brought_up_by: how many people, groups and organisations dealt with it at the later meetings
//   sources: how many sources say so
//   claims: ids of the claims by which it came up at meetings
// example: {document: D07}
// boxes:
//   - document_extraction_template.role_and_influence.living_document
// labels: {called: answer_status}

MATCH (d:Document {study: $study})
WHERE ($document IS NULL OR d.id = $document)
  AND ($case IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) })

// the answers on its extraction form, and the meetings at which it came up
WITH d, COLLECT {
  MATCH (d)<-[:ABOUT]-(x:Extract)
  WHERE x.instrument_field = 'document_extraction_template.role_and_influence.living_document'
  RETURN x ORDER BY x.id
} AS answers, COLLECT {
  MATCH (d)-[r]-(other)
  WHERE NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
    AND r.mode IN $modes AND r.confidence IN $confidences
  MATCH (m:Meeting {id: coalesce(r.at_meeting, CASE WHEN type(r) IN ['TABLED_AT', 'SENT_TO'] THEN other.id END, '')})
  RETURN {meeting: m, claim: r, other: other} ORDER BY coalesce(m.date_to, m.date_from), m.date_from, m.id, r.id
} AS came_up
WITH *, [c IN came_up WHERE coalesce(c.meeting.date_from, c.meeting.date_to) IS NOT NULL] AS dated
WITH *, dated[0].meeting AS first
WITH *, [c IN dated WHERE c.meeting.date_from > coalesce(first.date_to, first.date_from)] AS again
RETURN d.name AS document, d.id AS document_id, d.doc_number AS doc_number,
       CASE answers WHEN [] THEN 'not_asked' ELSE answers[0].answer_status END AS called,
       [x IN answers WHERE x.answer_status = 'answered' | x.text] AS words,
       coalesce(first.name, first.id) AS first_meeting,
       COLLECT { UNWIND COLLECT { UNWIND again AS c RETURN DISTINCT c.meeting AS m } AS m
                 RETURN coalesce(m.name, m.id) AS t ORDER BY coalesce(m.date_to, m.date_from), m.id } AS later_meetings,
       COUNT { UNWIND again AS c RETURN DISTINCT c.meeting } AS later,
       COUNT { UNWIND came_up AS c WITH c.meeting AS m WHERE coalesce(m.date_from, m.date_to) IS NULL
               RETURN DISTINCT m } AS undated_meetings,
       COUNT { UNWIND again AS c WITH c.other AS other
               WHERE other:Actor OR other:Arena OR other:Organisation RETURN DISTINCT other } AS brought_up_by,
       COUNT { UNWIND came_up AS c WITH c.claim AS r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       [c IN came_up | c.claim.id] AS claims
ORDER BY later DESC, document_id
