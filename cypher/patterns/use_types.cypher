// title: What uses were made of which types of evidence, by site
// question: 29. How are use types spread over evidence types and sites?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   site: the site of the use, or of the evidence where no use is recorded; empty for what belongs to none
//   site_id: its id
//   kind: Evidence or Document
//   type: the code of the evidence type, or the type of document
//   use_type: the type of use, not_stated where none is given; empty where no use is recorded
//   pieces: number of pieces of evidence or documents
//   uses: "number of uses; one use is one user of one thing at one meeting"
//   on_ethnicity: number of these uses that are about ethnicity
//   reported_not_used: number of uses reported not to have happened
//   sources: how many sources say so
//   dated_claims: how many of the claims have a date
//   claims: ids of the claims
// example: {site: east}
// codes: ["3.8", "8.8"]
// boxes:
//   - document_extraction_template.journey_evidence_uses
//   - document_extraction_template.evidence_use_revealed
// labels: {type: [evidence_type, doc_type]}

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind, x.evidence_type AS type
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind, x.doc_type AS type
}
OPTIONAL MATCH (who)-[r:USED|NOT_USED]->(x)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)

// where: where the meeting was, else where the thing belongs (of several sites, the user's), else where the user does
WITH x, kind, type, who, r,
     COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
               WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN DISTINCT s.id } AS met,
     COLLECT { MATCH (x)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS its,
     COLLECT { MATCH (who)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS theirs,
     head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (x)-[:IN_CASE]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) AS cases
WHERE $case IS NULL OR $case IN cases
UNWIND coalesce(head([found IN [met, [s IN its WHERE s IN theirs], its, theirs] WHERE found <> []]), [null]) AS place
OPTIONAL MATCH (site:Site {id: coalesce(place, '')})
WITH x, kind, type, who, r, site,
     CASE WHEN type(r) = 'USED' THEN coalesce(r.use_type, 'not_stated') END AS use_type
WHERE $site IS NULL OR site.id = $site
WITH site, kind, type, use_type,
     count(DISTINCT x) AS pieces,
     count(DISTINCT CASE WHEN use_type IS NOT NULL
                         THEN who.id + ' ' + x.id + ' ' + coalesce(r.at_meeting, '') END) AS uses,
     count(DISTINCT CASE WHEN use_type IS NOT NULL
                          AND (r.scope IN ['ethnicity_specific', 'both'] OR x.equality_strand = $strand)
                         THEN who.id + ' ' + x.id + ' ' + coalesce(r.at_meeting, '') END) AS on_ethnicity,
     count(DISTINCT CASE WHEN type(r) = 'NOT_USED'
                         THEN who.id + ' ' + x.id + ' ' + coalesce(r.at_meeting, '') END) AS reported_not_used,
     count(DISTINCT r.source) AS sources,
     count(DISTINCT CASE WHEN coalesce(r.date_from, r.date_to) IS NOT NULL THEN r.id END) AS dated_claims,
     collect(DISTINCT r.id) AS claims
RETURN site.name AS site, site.id AS site_id, kind, type, use_type, pieces, uses, on_ethnicity, reported_not_used,
       sources,
       dated_claims, COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, kind DESC, type, use_type
