// title: Statements based on one source, one kind of source, no named source, or interpretation only
// question: 37. Which claims rest on one source, one kind of source, or only on interpretive comments?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: only statements that touch this document or piece of evidence}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   weakness:
//     type: text
//     terms: [interpretive_only, no_source, one_source, one_kind]
//     default: null
//     meaning: only statements with this weakness
// returns:
//   who: "the start of the statement: a person, group, document, driver and so on"
//   who_id: its id
//   did: the kind of claim
//   what: the end of the statement
//   what_id: its id
//   meeting: the meeting it happened at
//   aspect: the aspect, criterion or issue that it is about; claims on different aspects are different statements
//   reported_not_to_have_happened: whether it was reported not to have happened
//   interpretive_only: whether all its claims are a researcher's interpretation
//   no_source: whether no source is named
//   one_source: whether only one source says so
//   one_kind: "whether all its sources are of one kind: interviews, observations or documents"
//   kinds: the kinds of source
//   modes: how the claims were noted
//   sources: how many sources say so
//   claims: ids of the claims
// example: {weakness: interpretive_only}
// labels: {one_kind: source_kind, did: claim_kind, kinds: source_kind, modes: mode, aspect: [appraisal_criterion, issue, responsibility]}

// where claims begin
CALL () {
  MATCH (a:Actor {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Arena {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Organisation {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Document {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Evidence {study: $study}) RETURN a
  UNION ALL
  MATCH (a:CaseStudy {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Driver {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Factor {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Action {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Understanding {study: $study}) RETURN a
  UNION ALL
  MATCH (a:Extract {study: $study}) RETURN a
}
MATCH (a)-[r]->(b)
WHERE r.mode <> 'derived' AND type(r) <> 'WITHDRAWN'
  AND ($document IS NULL OR $document IN [a.id, b.id])
  AND ($site IS NULL OR any(n IN [a, b] WHERE EXISTS {
         (n)-[:IN_CASE*0..1]->()-[:AT_SITE]->(:Site {id: $site}) }))
OPTIONAL MATCH (source:DataSource {id: coalesce(r.source, '')})

// nearly all statements are of one claim: what is worked out of several is worked out for the others alone, and in
// lists, because a server runs each subquery for every row
WITH a, b, type(r) AS type, r.at_meeting AS at, r.aspect_key AS about, collect(r) AS told,
     collect(coalesce(source.kind, r.source_kind)) AS said_kinds
WITH a, b, at, about, told, type STARTS WITH 'NOT_' AS did_not,
     CASE WHEN type STARTS WITH 'NOT_' THEN substring(type, 4) ELSE type END AS did,
     CASE size(told) WHEN 1 THEN CASE WHEN head(told).source IS NULL THEN 0 ELSE 1 END
       ELSE size(reduce(found = [], r IN told |
              CASE WHEN r.source IS NULL OR r.source IN found THEN found ELSE found + [r.source] END)) END AS sources,
     CASE WHEN size(said_kinds) < 2 THEN said_kinds
       ELSE reduce(found = [], kind IN said_kinds | CASE WHEN kind IN found THEN found
              ELSE [k IN found WHERE k < kind] + [kind] + [k IN found WHERE k > kind] END) END AS kinds,
     CASE size(told) WHEN 1 THEN [r IN told | r.mode]
       ELSE reduce(found = [], r IN told | CASE WHEN r.mode IN found THEN found
              ELSE [m IN found WHERE m < r.mode] + [r.mode] + [m IN found WHERE m > r.mode] END) END AS modes
WITH a, did, b, at, about, did_not, sources, kinds, modes, told,
     modes = ['interpretive'] AS interpretive_only, sources = 0 AS no_source, sources = 1 AS one_source,
     sources > 0 AND size(kinds) = 1 AS one_kind
WHERE ($weakness IS NULL AND (interpretive_only OR no_source OR one_source OR one_kind))
   OR ($weakness = 'interpretive_only' AND interpretive_only) OR ($weakness = 'no_source' AND no_source)
   OR ($weakness = 'one_source' AND one_source) OR ($weakness = 'one_kind' AND one_kind)
// few rows are sorted at a time: sorting all of them takes as long as finding them
WITH interpretive_only, no_source, one_source, did, a.name AS who, a.id AS who_id,
     collect({b: b, at: at, about: about, did_not: did_not, told: told, one_kind: one_kind, kinds: kinds, modes: modes,
              sources: sources}) AS statements
ORDER BY interpretive_only DESC, no_source DESC, one_source DESC, did, who, who_id
CALL (statements) {
  UNWIND statements AS it
  OPTIONAL MATCH (m:Meeting {id: coalesce(it.at, '')})
  WITH it, it.b AS b, m.name AS meeting, it.about AS about, it.did_not AS did_not
  RETURN it, b.name AS what, b.id AS what_id, meeting, did_not
  ORDER BY what, what_id, meeting, about, did_not
}
WITH interpretive_only, no_source, one_source, did, who, who_id, it, what, what_id, meeting, did_not, it.told AS told
RETURN who, who_id, did, what, what_id, meeting,
       CASE size(told)
         WHEN 1 THEN head([r IN told | coalesce(r.aspect, r.criterion, r.issue, r.about, r.for)])
         ELSE reduce(least = null, r IN told |
                CASE WHEN coalesce(r.aspect, r.criterion, r.issue, r.about, r.for) >= least THEN least
                     ELSE coalesce(r.aspect, r.criterion, r.issue, r.about, r.for, least) END) END AS aspect,
       did_not AS reported_not_to_have_happened, interpretive_only, no_source, one_source, it.one_kind AS one_kind,
       it.kinds AS kinds, it.modes AS modes, it.sources AS sources,
       CASE WHEN size(told) < 2 THEN [r IN told | r.id]
            ELSE COLLECT { UNWIND told AS r RETURN r.id AS id ORDER BY id } END AS claims
