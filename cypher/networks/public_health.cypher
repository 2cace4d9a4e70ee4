// title: The part of public health in the journey of each document and piece of evidence
// question: 21. What is public health's place in each journey?
// params:
//   study: {type: text, meaning: the study's id}
//   document:
//     type: text
//     default: null
//     meaning: the id of the document or piece of evidence; left out, all of them
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   words:
//     type: list
//     default: [public health]
//     meaning: words, in lower case, by which staff and groups of public health are recognised
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   thing: the document or piece of evidence
//   thing_id: its id
//   thing_kind: its kind
//   who: a person, group or organisation of public health; empty for a journey in which none is known to take part
//   who_id: its id
//   did: what they did with it, or what it did to them, as kinds of claim
//   reported_not_done: what they were reported not to have done
//   meetings: the meetings at which that happened
//   dated_claims: how many of the claims have a date
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}

// documents and evidence
CALL () {
  MATCH (d:Document {study: $study}) RETURN d AS item
  UNION ALL
  MATCH (e:Evidence {study: $study}) RETURN e AS item
}
WITH item
WHERE ($document IS NULL OR item.id = $document)
  AND ($case IS NULL OR EXISTS { (item)-[:IN_CASE]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (item)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) })

// public health: by the name, designation or identity, or by being or belonging to a public health observatory
WITH item, COLLECT {
  MATCH (item)-[r]-(who:Actor|Arena|Organisation)
  WHERE type(r) <> 'WITHDRAWN' AND r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
    AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
    AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
    AND (who.kind = 'pho'
       OR EXISTS {
         MATCH (who)-[m:MEMBER_OF]->(:Organisation {kind: 'pho'})
         WHERE m.mode IN $modes AND m.confidence IN $confidences }
       OR any(t IN [who.name, who.designation, who.professional_identity]
              WHERE any(w IN $words WHERE toLower(t) CONTAINS w)))
  RETURN {claim: r, who: who} ORDER BY coalesce(r.date_to, r.date_from), r.id
} AS parts
UNWIND CASE parts WHEN [] THEN [{claim: null, who: null}] ELSE parts END AS part
WITH item, part.who AS who, part.claim AS r
OPTIONAL MATCH (m:Meeting {id: coalesce(r.at_meeting, '')})
WITH item, who, r, m, type(r) STARTS WITH 'NOT_' AS not_so,
     CASE WHEN type(r) STARTS WITH 'NOT_' THEN substring(type(r), 4) ELSE type(r) END AS what
WITH item, who, collect(DISTINCT CASE WHEN NOT not_so THEN toLower(replace(what, '_', ' ')) END) AS did,
     collect(DISTINCT CASE WHEN not_so THEN toLower(replace(what, '_', ' ')) END) AS reported_not_done,
     collect(DISTINCT coalesce(m.name, m.id)) AS meetings, count(coalesce(r.date_from, r.date_to)) AS dated_claims,
     count(DISTINCT r.source) AS sources, collect(r.id) AS claims
RETURN item.name AS thing, item.id AS thing_id, labels(item)[0] AS thing_kind, who.name AS who, who.id AS who_id,
       COLLECT { UNWIND did AS t RETURN t ORDER BY t } AS did,
       COLLECT { UNWIND reported_not_done AS t RETURN t ORDER BY t } AS reported_not_done, meetings, dated_claims,
       sources, claims
ORDER BY thing_id, who_id
