// title: How often each type of evidence is contested
// question: 16. Is VCF or community evidence contested more than other types?
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
//   evidence_type: its code in the codebook (6.6 patient, user or carer; 6.7 community engagement); empty if not stated
//   all_evidence: how many pieces of evidence of the type belong to the site and case study, or came up there at a
//     meeting (also if it was only reported that nobody contested them)
//   contested: how many of these were contested
//   share: contested / all_evidence
//   supported: how many of these were supported or championed
//   contesters: how many different people, groups and organisations contested any of them
//   in_contested_documents: how many are presented in a document that was contested
//   reported_not_contested: how many somebody was reported not to have contested
//   dated_claims: how many of the claims of contesting have a date
//   sources: how many sources report the contesting
//   claims: ids of the claims of contesting, of the evidence or of documents that present it
// example: {site: north}

MATCH (e:Evidence {study: $study})
WHERE ($case IS NULL OR EXISTS { (e)-[:IN_CASE]->(:CaseStudy {id: $case}) } OR EXISTS {
     MATCH (e)-[r]-()
     WHERE r.at_meeting IS NOT NULL AND type(r) <> 'WITHDRAWN'
       AND (NOT type(r) STARTS WITH 'NOT_' OR type(r) = 'NOT_CONTESTED')
       AND r.mode IN $modes AND r.confidence IN $confidences
     MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (e)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) } OR EXISTS {
     MATCH (e)-[r]-()
     WHERE r.at_meeting IS NOT NULL AND type(r) <> 'WITHDRAWN'
       AND (NOT type(r) STARTS WITH 'NOT_' OR type(r) = 'NOT_CONTESTED')
       AND r.mode IN $modes AND r.confidence IN $confidences
     MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site}) })

// who took sides on it, or on a document that presents it; and one row more for each, so that none is lost
CALL (e) {
  CALL (e) {
    RETURN e AS item
    UNION
    MATCH (e)-[p:PRESENTED_IN]->(item)
    WHERE p.mode IN $modes AND p.confidence IN $confidences
    RETURN item
  }
  MATCH (item)<-[r:CONTESTED|SUPPORTED|CHAMPIONED|NOT_CONTESTED|NOT_SUPPORTED|NOT_CHAMPIONED]-(who)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
    AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
    AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
  WITH e, item, r, who,
       CASE WHEN $site IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (who)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) END AS sites,
       CASE WHEN $case IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                   RETURN c.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) END AS cases
  WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
  RETURN r, who, item = e AS own, type(r) ENDS WITH 'CONTESTED' AS against, NOT type(r) STARTS WITH 'NOT_' AS so
  UNION ALL
  RETURN null AS r, null AS who, false AS own, false AS against, false AS so
}

// by type
WITH e, r, who, own, against, so
ORDER BY r.id
WITH e.evidence_type AS evidence_type, count(DISTINCT e) AS all_evidence,
     count(DISTINCT CASE WHEN own AND against AND so THEN e END) AS contested,
     count(DISTINCT CASE WHEN own AND NOT against AND so THEN e END) AS supported,
     count(DISTINCT CASE WHEN own AND against AND so THEN who END) AS contesters,
     count(DISTINCT CASE WHEN NOT own AND against AND so THEN e END) AS in_contested_documents,
     count(DISTINCT CASE WHEN own AND against AND NOT so THEN e END) AS reported_not_contested,
     count(DISTINCT CASE WHEN against AND coalesce(r.date_from, r.date_to) IS NOT NULL THEN r END) AS dated_claims,
     count(DISTINCT CASE WHEN against THEN r.source END) AS sources,
     collect(DISTINCT CASE WHEN against THEN r.id END) AS claims
RETURN evidence_type, all_evidence, contested, toFloat(contested) / all_evidence AS share, supported, contesters,
       in_contested_documents, reported_not_contested, dated_claims, sources, claims
ORDER BY share DESC, contested DESC, evidence_type
