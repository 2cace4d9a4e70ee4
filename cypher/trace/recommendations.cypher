// title: What documents recommend, and what became of it
// question: 13. Which recommendations in it led to an action, and which were dropped?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: "the id of the document; left out, all documents"}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   document: the document
//   document_id: its id
//   action: what it recommends
//   action_id: its id
//   kinds: the kinds of action it is recommended as
//   reported_not_to_have_happened: whether it was reported not to have happened
//   how_case_made: how the case for it is made, in the words of the claims
//   fate: came about; reported not to have come about; sources disagree; taken up (no more is known); or not known
//   signs: "what the fate is based on: resulted in, took away, arises from, championed, responsible for; not …"
//   influenced: "whether the document is said to have influenced it: yes, no, sources disagree, or not known"
//   dates: when it came about, in the words of the claims
//   sources: how many sources say so
//   claims: ids of the claims
// example: {document: D08}
// boxes:
//   - document_extraction_template.course_of_action
// labels: {kinds: action_kind}

MATCH (d:Document {study: $study})
WHERE ($document IS NULL OR d.id = $document)
  AND ($case IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) })

// what it recommends
MATCH (d)-[r:RECOMMENDS|NOT_RECOMMENDS]->(action)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
WITH d, action, r
ORDER BY r.id
WITH d, action, type(r) = 'NOT_RECOMMENDS' AS not_so, collect(DISTINCT r.kind) AS kinds,
     collect(DISTINCT r.how_case_made) AS how_case_made, collect(r) AS said

// what is told of the action besides
WITH *, COLLECT {
  MATCH (action)-[r:RESULTED_IN|TOOK_AWAY|ARISES_FROM|CHAMPIONED|RESPONSIBLE_FOR|NOT_RESULTED_IN|NOT_TOOK_AWAY|
                   NOT_ARISES_FROM|NOT_CHAMPIONED|NOT_RESPONSIBLE_FOR]-()
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {claim: r, what: toLower(replace(replace(type(r), 'NOT_', ''), '_', ' ')),
          not_so: type(r) STARTS WITH 'NOT_'} ORDER BY r.id
} AS signs, COLLECT {
  MATCH (d)-[r:INFLUENCED|NOT_INFLUENCED]->(action)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {claim: r, not_so: type(r) = 'NOT_INFLUENCED'} ORDER BY r.id
} AS influence
WITH *, [x IN signs WHERE x.what = 'resulted in' | x.not_so] AS results, [x IN influence | x.not_so] AS denied,
     said + [x IN signs + influence | x.claim] AS all_claims
RETURN d.name AS document, d.id AS document_id, action.name AS action, action.id AS action_id, kinds,
       not_so AS reported_not_to_have_happened,
       how_case_made,
       CASE WHEN true IN results AND false IN results THEN 'sources disagree' WHEN false IN results THEN 'came about'
            WHEN true IN results THEN 'reported not to have come about'
            WHEN any(x IN signs WHERE NOT x.not_so) THEN 'taken up' ELSE 'not known' END AS fate,
       COLLECT { UNWIND COLLECT { UNWIND signs AS x
                                  RETURN DISTINCT CASE WHEN x.not_so THEN 'not ' ELSE '' END + x.what AS t } AS t
                 RETURN t ORDER BY t } AS signs,
       CASE WHEN true IN denied AND false IN denied THEN 'sources disagree' WHEN false IN denied THEN 'yes'
            WHEN true IN denied THEN 'no' ELSE 'not known' END AS influenced,
       COLLECT { UNWIND COLLECT { UNWIND signs AS x WITH x, coalesce(x.claim.date_text, toString(x.claim.date_from)) AS t
                 WHERE x.what = 'resulted in' AND NOT x.not_so AND t IS NOT NULL
                                  RETURN DISTINCT t } AS t
                 RETURN t ORDER BY t } AS dates,
       COUNT { UNWIND all_claims AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       [r IN all_claims | r.id] AS claims
ORDER BY document_id, action_id, reported_not_to_have_happened
