// title: What prompted people to seek evidence on ethnicity, and whether it came before
// question: 27. Which drivers precede seeking out evidence on ethnicity?
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
//   site: the site of what was sought; empty for what belongs to none
//   site_id: its id
//   sought: the evidence on ethnicity, or the document on it, that was commissioned, generated or obtained
//   sought_id: its id
//   how: commissioned, generated or accessed, as kinds of claim
//   who: who sought it
//   who_id: their id
//   date_from: the earliest possible day on which it was sought
//   date_to: the latest possible day
//   driver: what prompted it; empty where no driver is recorded
//   driver_id: its id
//   driver_kind: policy, priority, target and so on
//   by_way_of: "what the driver prompted: what was sought, a document that presents it, its case study, or who sought
//     it"
//   driver_from: the earliest possible day on which the driver prompted it
//   driver_to: the latest possible day
//   order: the driver came certainly before, certainly after, on the same day, possibly before or after, or not known
//   sources: how many sources say so
//   date_known: whether it is known when it was sought
//   claims: ids of the claims
// boxes:
//   - document_extraction_template.drivers_revealed
//   - observation_guide.drivers_priorities
// labels: {how: claim_kind}
// example: {site: north}
// codes: ["2.6", "2.7", "4.5", "4.6", "5.5", "5.6", "8.2"]

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x
}
MATCH (who)-[r:COMMISSIONED|GENERATED|ACCESSED]->(x)
WHERE (r.scope IN ['ethnicity_specific', 'both'] OR x.equality_strand = $strand)
  AND r.mode IN $modes AND r.confidence IN $confidences
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
  AND ($case IS NULL
       OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) })
OPTIONAL MATCH (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT site, x, who, r
WHERE $site IS NULL OR site.id = $site

// what a driver may have prompted on the way to it
CALL (x, who) {
  RETURN x AS way, null AS tie, 'what was sought' AS by_way_of
  UNION
  MATCH (x)-[tie:PRESENTED_IN]->(way:Document) RETURN way, tie, 'a document that presents it' AS by_way_of
  UNION
  MATCH (x)-[tie:IN_CASE]->(way:CaseStudy) RETURN way, tie, 'its case study' AS by_way_of
  UNION
  WITH who AS way WHERE way:Arena RETURN way, null AS tie, 'who sought it' AS by_way_of
  UNION
  MATCH (who)-[tie:MEMBER_OF]->(way:Arena) RETURN way, tie, 'who sought it' AS by_way_of
}
WITH DISTINCT site, x, who, r, by_way_of, tie,
     CASE WHEN tie IS NULL OR type(tie) = 'IN_CASE' OR tie.mode IN $modes AND tie.confidence IN $confidences
          THEN way END AS way
OPTIONAL MATCH (driver:Driver)-[p:PROMPTED]->(way)
WHERE p.mode IN $modes AND p.confidence IN $confidences
WITH site, x, who, r,
     collect(CASE WHEN driver IS NOT NULL THEN {driver: driver, p: p, by: by_way_of, tie: tie.id} END) AS prompts
UNWIND CASE prompts WHEN [] THEN [null] ELSE prompts END AS prompt
WITH site, x, who, type(r) AS how, r.date_from AS date_from, r.date_to AS date_to,
     prompt.driver AS driver, prompt.by AS by_way_of, prompt.p.date_from AS driver_from, prompt.p.date_to AS driver_to,
     collect(r.id) + collect(prompt.p.id) + collect(prompt.tie) AS claims,
     collect(r.source) + collect(prompt.p.source) AS said_by
RETURN site.name AS site, site.id AS site_id, x.name AS sought, x.id AS sought_id, how,
       who.name AS who, who.id AS who_id, date_from, date_to, driver.name AS driver, driver.id AS driver_id,
       driver.kind AS driver_kind, by_way_of, driver_from, driver_to,
       CASE WHEN driver IS NULL THEN null
            WHEN coalesce(driver_from, driver_to) IS NULL OR coalesce(date_from, date_to) IS NULL THEN 'not known'
            WHEN driver_to < date_from THEN 'certainly before'
            WHEN driver_from > date_to THEN 'certainly after'
            WHEN driver_from = driver_to AND date_from = date_to THEN 'on the same day'
            ELSE 'possibly before or after' END AS order,
       CASE WHEN size(said_by) < 2 THEN size(said_by) ELSE COUNT { UNWIND said_by AS s RETURN DISTINCT s } END AS sources,
       coalesce(date_from, date_to) IS NOT NULL AS date_known,
       CASE WHEN size(claims) < 2 THEN claims
            ELSE COLLECT { UNWIND COLLECT { UNWIND claims AS id RETURN DISTINCT id } AS id
                           RETURN id ORDER BY id } END AS claims
ORDER BY site, site_id, sought, sought_id, how, who, who_id, coalesce(date_to, date_from), date_from, driver, driver_id,
         by_way_of, coalesce(driver_to, driver_from), driver_from
