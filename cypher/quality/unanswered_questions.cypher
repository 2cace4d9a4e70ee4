// title: "Questions of the document form that are unanswered: not known yet, or not asked"
// question: 41. Which questions of the document form are unanswered for which documents ("not known" against "not
//   asked")?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: only this document}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   statuses:
//     type: list
//     vocabulary: answer_status
//     terms: [no_form]
//     default: [not_known_yet, not_asked, no_form]
//     meaning: the statuses to list; nothing_found counts as an answer
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   document: the document
//   document_id: its id
//   status: not_known_yet (asked), not_asked (its box is empty, or the form says so), or no_form (none was filled in)
//   question: the section and question of the form; empty for a document without a form
//   scope: general, ethnicity_specific, or not_stated for a question that is not asked twice
//   claims: ids of the links that place the answer, or that make the form a source
// example: {site: east, statuses: not_known_yet}
// labels: {question: form_question, status: answer_status}

MATCH (d:Document {study: $study})
WHERE ($document IS NULL OR d.id = $document)
  AND ($case IS NULL
       OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy {id: $case}) })
OPTIONAL MATCH (d)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT d, site
WHERE $site IS NULL OR site.id = $site

CALL (d) {
  // said in the form: not known yet, or not asked
  MATCH (d)<-[r:ABOUT]-(x:Extract)
  WHERE x.answer_status IN $statuses AND x.instrument_field STARTS WITH 'document_extraction_template.'
  RETURN x.answer_status AS status, x.instrument_field AS question, x.scope AS scope, r.id AS claim
  UNION
  // an empty box: nobody has asked
  MATCH (d)<-[r:OF_DOCUMENT]-(s:DataSource)
  WHERE 'not_asked' IN $statuses
  UNWIND s.not_asked AS box
  RETURN 'not_asked' AS status, split(box, ' ')[0] AS question, split(box, ' ')[1] AS scope, r.id AS claim
  UNION
  // no form at all
  WITH d
  WHERE 'no_form' IN $statuses AND NOT EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource) WHERE s.not_asked IS NOT NULL }
    AND NOT EXISTS {
      (d)<-[:ABOUT]-(x:Extract) WHERE x.instrument_field STARTS WITH 'document_extraction_template.' }
  RETURN 'no_form' AS status, null AS question, null AS scope, null AS claim
}
RETURN site.name AS site, site.id AS site_id, d.name AS document, d.id AS document_id, status,
       substring(question, size('document_extraction_template.')) AS question, scope,
       collect(DISTINCT claim) AS claims
ORDER BY site, site_id, document, document_id, status, question, scope
