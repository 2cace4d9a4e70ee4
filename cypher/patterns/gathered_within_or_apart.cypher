// title: Whether evidence on ethnicity is gathered within general documents or apart from them
// question: 26. Is ethnicity evidence found within general evidence gathering or apart from it?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   document: a document that presents or cites something; empty in the rows of evidence that no document presents
//   document_id: its id
//   answer: within general evidence, apart from it, only general, reported without, or in no document
//   on_ethnicity: what it presents or cites on ethnicity; in rows without a document, the evidence itself
//   general: what else it presents or cites
//   reported_absent: evidence on ethnicity that was reported not to be in it
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}
// codes: ["4.7", "5.9", "8.4"]
// boxes:
//   - document_extraction_template.ethnicity_evidence_presented
//   - document_extraction_template.other_equality_evidence
//   - document_extraction_template.sources_cited

CALL () {
  // what documents present and cite
  MATCH (d:Document {study: $study})
  CALL (d) {
    MATCH (d)<-[r:PRESENTED_IN|NOT_PRESENTED_IN]-(item:Evidence) RETURN r, item
    UNION ALL
    MATCH (d)-[r:CITED|NOT_CITED]->(item) RETURN r, item
  }
  WITH d AS holder, d, r, item
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN holder, d, r, item, type(r) STARTS WITH 'NOT_' AS not_so
  UNION ALL
  // evidence on ethnicity that is in no document
  MATCH (e:Evidence {study: $study, equality_strand: $strand})
  WHERE NOT EXISTS {
    MATCH (e)-[r:PRESENTED_IN|CITED]-(:Document)
    WHERE r.mode IN $modes AND r.confidence IN $confidences
  }
  RETURN e AS holder, null AS d, null AS r, e AS item, false AS not_so
}
WITH holder, d, r, item, not_so,
     coalesce(r.scope IN ['ethnicity_specific', 'both'], false)
       OR coalesce(item.equality_strand = $strand, false) AS on_ethnicity
WHERE $case IS NULL
   OR EXISTS { (holder)-[:IN_CASE]->(:CaseStudy {id: $case}) }
OPTIONAL MATCH (holder)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT site, d, r, item, not_so, on_ethnicity
WHERE $site IS NULL OR site.id = $site
WITH site, d,
     collect(DISTINCT CASE WHEN on_ethnicity AND NOT not_so THEN item.name END) AS on_ethnicity,
     collect(DISTINCT CASE WHEN (NOT on_ethnicity OR r.scope = 'both') AND NOT not_so THEN item.name END) AS general,
     collect(DISTINCT CASE WHEN on_ethnicity AND not_so THEN item.name END) AS reported_absent,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS claims
RETURN site.name AS site, site.id AS site_id, d.name AS document, d.id AS document_id,
       CASE WHEN d IS NULL THEN 'in no document'
            WHEN size(on_ethnicity) > 0 AND size(general) > 0 THEN 'within'
            WHEN size(on_ethnicity) > 0 THEN 'apart'
            WHEN size(general) > 0 THEN 'only general' ELSE 'reported without' END AS answer,
       COLLECT { UNWIND on_ethnicity AS name RETURN name ORDER BY name } AS on_ethnicity,
       COLLECT { UNWIND general AS name RETURN name ORDER BY name } AS general,
       COLLECT { UNWIND reported_absent AS name RETURN name ORDER BY name } AS reported_absent,
       sources, COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, document, document_id
