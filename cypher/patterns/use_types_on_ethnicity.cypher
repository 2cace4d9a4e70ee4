// title: Types of use recorded on ethnicity, by site
// question: 29. Are there any instrumental or conceptual uses on ethnicity?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   site: the site of the use; empty for uses that belong to none
//   site_id: its id
//   use_type: the type of use; not_stated where a use has none
//   on_ethnicity: number of uses on ethnicity (one user of one thing at one meeting); 0 where none is recorded
//   other_uses: number of other uses of this type
//   sources: number of sources of the uses on ethnicity
//   dated_claims: how many of the claims have a date
//   claims: ids of the claims of the uses on ethnicity
// example: none
// codes: ["3.8", "8.8"]
// boxes:
//   - document_extraction_template.journey_evidence_uses

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x
}
MATCH (who)-[r:USED]->(x)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)

// where: where the meeting was, else where the thing belongs (of several sites, the user's), else where the user does
WITH x, who, r,
     COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
               WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN DISTINCT s.id } AS met,
     COLLECT { MATCH (x)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS its,
     COLLECT { MATCH (who)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS theirs,
     head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (x)-[:IN_CASE]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) AS cases
WHERE $case IS NULL OR $case IN cases
UNWIND coalesce(head([found IN [met, [s IN its WHERE s IN theirs], its, theirs] WHERE found <> []]), [null]) AS site
WITH collect({
  site: site, use_type: coalesce(r.use_type, 'not_stated'),
  what: who.id + ' ' + x.id + ' ' + coalesce(r.at_meeting, ''),
  on_ethnicity: coalesce(r.scope IN ['ethnicity_specific', 'both'], false)
                  OR coalesce(x.equality_strand = $strand, false),
  source: r.source, dated: coalesce(r.date_from, r.date_to) IS NOT NULL, claim: r.id
}) AS told

// every site with every type of use
CALL () {
  MATCH (s:Site {study: $study}) WHERE $site IS NULL OR s.id = $site
  RETURN s.id AS site_id, s.name AS site
  UNION ALL
  WITH null AS site_id, null AS site WHERE $site IS NULL
  RETURN site_id, site
}
UNWIND ['instrumental', 'conceptual', 'influential', 'post_hoc', 'other', 'not_stated'] AS use_type
WITH site, site_id, use_type,
     [t IN told WHERE coalesce(t.site, '') = coalesce(site_id, '') AND t.use_type = use_type] AS here
WHERE size(here) > 0 OR site_id IS NOT NULL
UNWIND CASE here WHEN [] THEN [null] ELSE here END AS t
WITH site, site_id, use_type,
     count(DISTINCT CASE WHEN t.on_ethnicity THEN t.what END) AS on_ethnicity,
     count(DISTINCT CASE WHEN NOT t.on_ethnicity THEN t.what END) AS other_uses,
     count(DISTINCT CASE WHEN t.on_ethnicity THEN t.source END) AS sources,
     count(DISTINCT CASE WHEN t.on_ethnicity AND t.dated THEN t.claim END) AS dated_claims,
     collect(DISTINCT CASE WHEN t.on_ethnicity THEN t.claim END) AS claims
RETURN site, site_id, use_type, on_ethnicity, other_uses, sources, dated_claims,
       COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, use_type
