// title: Uncertain dates, and the orders of journey steps that depend on them
// question: 44. Which dates are only bounds, and which journey orders depend on them? (These are the rows, with the
//   pairs whose order the dates leave open; the analysis of journeys puts steps in order.)
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: only the journey of this document or piece of evidence}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   undated: {type: boolean, default: false, meaning: list undated claims too}
//   stages: {type: map, default: stages of claim kinds, meaning: "the stage of a journey that each kind of claim belongs to"}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   kind: Evidence or Document
//   journey: the document or piece of evidence
//   journey_id: its id
//   event: "what the date is of: the kind of claim, or itself for the date that a document bears"
//   who: the other end of the claim
//   who_id: its id
//   date_text: the words of the date
//   date_from: the earliest possible day; empty where the date is open
//   date_to: the latest possible day; empty where the date is open
//   precision: month, quarter, year, before, after, between, unknown; undated where there is no date
//   order_open_with: number of other dated events of the journey that it may have come before or after
//   sources: number of sources of the claim and of these others
//   claims: ids of the claim, if it is one, and of these others
// labels: {event: claim_kind}
// example: {document: "demo:document:north.diabetes.D07"}

CALL () {
  MATCH (x:Evidence {study: $study}) RETURN x, 'Evidence' AS kind
  UNION ALL
  MATCH (x:Document {study: $study}) RETURN x, 'Document' AS kind
}
WITH x, kind
WHERE ($document IS NULL OR x.id = $document)
  AND ($case IS NULL
       OR EXISTS { (x)-[:IN_CASE]->(:CaseStudy {id: $case}) })
OPTIONAL MATCH (x)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT x, kind, site
WHERE $site IS NULL OR site.id = $site

// what is told of it, dated or not: what happened, not what it is about or belongs to
CALL (x) {
  MATCH (x)-[r]-(other)
  WHERE $stages[type(r)] IS NOT NULL AND type(r) <> 'INTENDED_FOR'
    AND r.mode <> 'derived'
  WITH type(r) AS did, other, r.date_text AS text, r.date_from AS first, r.date_to AS last,
       r.date_precision AS precision, collect(r.id) AS ids, collect(r.source) AS sources
  RETURN collect({ids: ids, did: did, name: other.name, other: other.id, sources: sources, text: text,
                  first: first, last: last, precision: precision}) AS told
}
WITH x, kind, site, [t IN told WHERE coalesce(t.first, t.last) IS NOT NULL] AS placed,
     told + {ids: [], did: 'itself', name: null, other: '', sources: [], text: x.date_text,
             first: x.date_from, last: x.date_to, precision: x.date_precision} AS told
UNWIND told AS t
WITH x, kind, site, placed, t
WHERE coalesce(t.first <> t.last, true) AND ($undated OR coalesce(t.first, t.last) IS NOT NULL)
  AND (t.did <> 'itself' OR kind = 'Document')
// with what its order is open: not with other words about the same, and not a document's date with its writing
WITH x, kind, site, t,
     [o IN placed WHERE coalesce(t.first, t.last) IS NOT NULL AND NOT (o.did = t.did AND o.other = t.other)
        AND NOT (t.did = 'itself' AND o.did = 'AUTHORED')
        AND NOT coalesce(t.last < o.first, false) AND NOT coalesce(o.last < t.first, false)] AS open
RETURN site.name AS site, site.id AS site_id, kind, x.name AS journey, x.id AS journey_id,
       t.did AS event, t.name AS who, CASE t.did WHEN 'itself' THEN null ELSE t.other END AS who_id,
       t.text AS date_text, t.first AS date_from, t.last AS date_to,
       coalesce(t.precision, 'undated') AS precision,
       COUNT { UNWIND open AS o RETURN DISTINCT o.did, o.other, o.first, o.last } AS order_open_with,
       COUNT { UNWIND open + t AS o UNWIND o.sources AS source RETURN DISTINCT source } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND open + t AS o UNWIND o.ids AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, kind DESC, journey, journey_id, order_open_with DESC, event, who, who_id,
         coalesce(date_to, date_from), date_from, date_text
