// title: Where in the commissioning cycle evidence on ethnicity is used, and where no use is recorded
// question: 25. At which cycle elements is ethnicity evidence used, and at which never, by site?
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
//   site: the site; empty for claims that belong to none
//   site_id: its id
//   element: the element of the commissioning cycle, or one of the study's own; empty for uses that name none
//   answer: "used, presented (in a document on the element, and no use is recorded), reported not used, or not
//     recorded (no source says either)"
//   uses: number of uses that name this element
//   uses_of_its_subject: number of uses that name no element, of evidence or documents that concern this one
//   presented: number of pieces of evidence on ethnicity presented in documents that concern this element
//   reported_not_used: number of uses reported not to have happened, at this element or of what concerns it
//   sources: how many sources say so
//   dated_claims: how many of the claims have a date
//   claims: ids of the claims
// example: none
// codes: ["8.8", "8.9"]
// boxes:
//   - document_extraction_template.commissioning_aspects
//   - document_extraction_template.journey_evidence_uses
//   - observation_guide.commissioning_cycle_elements

// what may be used
CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x
}

// who used it, and which documents present it, where that is about ethnicity
MATCH (x)-[r:USED|NOT_USED|PRESENTED_IN]-(other)
WHERE (r.scope IN ['ethnicity_specific', 'both'] OR x.equality_strand = $strand)
  AND (type(r) <> 'PRESENTED_IN' OR x:Evidence)
  AND r.mode IN $modes AND r.confidence IN $confidences
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)

// where: where the meeting was, else where the evidence belongs (of several sites, the user's), else where the user
// does; what a document presents, where the document belongs
WITH x, r, other,
     COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
               WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN DISTINCT s.id } AS met,
     COLLECT { MATCH (x)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS its,
     COLLECT { MATCH (other)-[:IN_CASE|AT_SITE*1..2]->(s:Site) RETURN DISTINCT s.id } AS theirs,
     head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (x)-[:IN_CASE]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) AS cases
WHERE $case IS NULL OR $case IN cases
UNWIND coalesce(head([found IN CASE WHEN type(r) <> 'PRESENTED_IN' THEN [met, [s IN its WHERE s IN theirs], its, theirs]
                                            ELSE [theirs, its] END WHERE found <> []]), [null]) AS site
WITH x, r, other, site, CASE type(r) WHEN 'PRESENTED_IN' THEN other ELSE x END AS subject

// at which element: the one the use names, else those that its subject concerns
OPTIONAL MATCH (named:CycleElement {id: coalesce(r.element, '')})
OPTIONAL MATCH (subject)-[concern:CONCERNS]->(concerned:CycleElement)
WHERE r.element IS NULL
  AND concern.mode IN $modes AND concern.confidence IN $confidences
WITH r, x, other, site, concern, coalesce(named.label, r.element, concerned.label) AS element
WHERE type(r) <> 'PRESENTED_IN' OR element IS NOT NULL
WITH site, element AS word, toLower(replace(replace(trim(element), '_', ' '), '-', ' ')) AS name, {
  kind: CASE WHEN type(r) = 'NOT_USED' THEN 'not' WHEN type(r) = 'PRESENTED_IN' THEN 'presented'
             WHEN r.element IS NULL THEN 'subject' ELSE 'named' END,
  what: CASE type(r) WHEN 'PRESENTED_IN' THEN x.id ELSE other.id + ' ' + x.id + ' ' + coalesce(r.at_meeting, '') END,
  source: r.source, dated: coalesce(r.date_from, r.date_to) IS NOT NULL, claim: r.id, concern: concern.id
} AS one
WITH site, name, min(word) AS word, collect(one) AS told
WITH collect({site: site, name: name, word: word, told: told}) AS groups

// every element of the vocabulary, then the study's own, then none
WITH groups, [
  {label: 'Needs assessment', names: ['needs assessment']},
  {label: 'Reviewing service provision', names: ['reviewing service provision', 'reviewing provision']},
  {label: 'Deciding priorities', names: ['deciding priorities']},
  {label: 'Designing services', names: ['designing services']},
  {label: 'Shaping the structure of supply', names: ['shaping the structure of supply', 'shaping supply']},
  {label: 'Planning capacity and managing demand',
   names: ['planning capacity and managing demand', 'capacity and demand']},
  {label: 'Supporting patient choice', names: ['supporting patient choice', 'patient choice']},
  {label: 'Managing performance', names: ['managing performance']},
  {label: 'Seeking public and patient input', names: ['seeking public and patient input', 'public input']},
  {label: 'Links and gaps between functions', names: ['links and gaps between functions', 'links and gaps']}
] AS vocabulary,
  COLLECT { MATCH (el:CycleElement {study: $study}) WHERE el.label IS NOT NULL RETURN el.label } AS labels
WITH groups, vocabulary, COLLECT {
  UNWIND labels + [g IN groups WHERE g.word IS NOT NULL | g.word] AS word
  WITH toLower(replace(replace(trim(toString(word)), '_', ' '), '-', ' ')) AS name, min(word) AS label
  RETURN {label: label, names: [name]}
} AS named
WITH groups, vocabulary, [n IN named WHERE none(v IN vocabulary WHERE head(n.names) IN v.names)] AS own
UNWIND vocabulary + own + [{label: null, names: []}] AS element

// every site with every element, and what is told of them
CALL () {
  MATCH (s:Site {study: $study}) WHERE $site IS NULL OR s.id = $site
  RETURN s.id AS site_id, s.name AS site
  UNION ALL
  WITH null AS site_id, null AS site WHERE $site IS NULL
  RETURN site_id, site
}
WITH site, site_id, element,
     [g IN groups WHERE coalesce(g.site, '') = coalesce(site_id, '')
        AND (g.name IN element.names OR g.name IS NULL AND element.label IS NULL)] AS here
WHERE size(here) > 0 OR site_id IS NOT NULL AND element.label IS NOT NULL
UNWIND CASE here WHEN [] THEN [{told: [null]}] ELSE here END AS g
UNWIND g.told AS t
WITH site, site_id, element.label AS element,
     count(DISTINCT CASE t.kind WHEN 'named' THEN t.what END) AS uses,
     count(DISTINCT CASE t.kind WHEN 'subject' THEN t.what END) AS uses_of_its_subject,
     count(DISTINCT CASE t.kind WHEN 'presented' THEN t.what END) AS presented,
     count(DISTINCT CASE t.kind WHEN 'not' THEN t.what END) AS reported_not_used,
     count(DISTINCT t.source) AS sources,
     count(DISTINCT CASE WHEN t.dated THEN t.claim END) AS dated_claims,
     collect(DISTINCT t.claim) AS claims, collect(DISTINCT t.concern) AS concerns
RETURN site, site_id, element,
       CASE WHEN uses + uses_of_its_subject > 0 THEN 'used' WHEN presented > 0 THEN 'presented'
            WHEN reported_not_used > 0 THEN 'reported not used' ELSE 'not recorded' END AS answer,
       uses, uses_of_its_subject, presented, reported_not_used, sources, dated_claims,
       COLLECT { UNWIND COLLECT { UNWIND claims + concerns AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, element
