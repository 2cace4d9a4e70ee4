// title: Who is said to be responsible for ethnicity, by whom, and whether it is shared
// question: 24. Where does responsibility for ethnicity lie, according to whom; is it shared or one person's?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   responsible_for: the case study, document, evidence or action
//   responsible_for_id: its id
//   responsible_for_kind: its kind
//   who: who is said to be responsible for ethnicity in it; where no duty is named, for it as far as ethnicity is concerned
//   who_id: its id
//   who_kind: person, collective, arena or organisation
//   reported_not_to_have_happened: whether it was reported not to have happened
//   quotes: the quotations
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   holders: how many are said to hold it, over all sources
//   lies_with: one person; shared (a group, or several named by one source); sources disagree (each names others); nobody
//   claims: ids of the claims
// example: none
// boxes:
//   - document_extraction_template.journey_leadership_roles
//   - observation_guide.leadership_champions

// people, groups and organisations
CALL () {
  MATCH (a:Actor {study: $study}) RETURN a AS holder, coalesce(a.kind, 'person') AS who_kind
  UNION ALL
  MATCH (g:Arena {study: $study}) RETURN g AS holder, 'arena' AS who_kind
  UNION ALL
  MATCH (o:Organisation {study: $study}) RETURN o AS holder, 'organisation' AS who_kind
}

// what they are responsible for, and where that belongs, else where they do
MATCH (holder)-[r:RESPONSIBLE_FOR|NOT_RESPONSIBLE_FOR]->(what)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND (r.for = 'ethnicity' OR r.for IS NULL AND r.scope IN ['ethnicity_specific', 'both'])
WITH holder, who_kind, r, what,
     head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
                 WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
       COLLECT { MATCH (what)-[:OF_ARENA|IN_CASE*0..2]->(there)
                 WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
       COLLECT { MATCH (holder)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) AS sites,
     head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (what)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH what, holder, who_kind, r, coalesce(s.name, s.id, r.file) AS said_by
ORDER BY said_by, r.id
WITH what, holder, who_kind, type(r) = 'NOT_RESPONSIBLE_FOR' AS not_so, collect(DISTINCT r.quote) AS quotes,
     collect(DISTINCT said_by) AS according_to, collect(DISTINCT coalesce(r.source, r.file)) AS voices,
     count(DISTINCT r.source) AS sources, collect(r.id) AS claims

// all accounts of one thing beside each other
WITH what, collect({who: holder, kind: who_kind, not_so: not_so, quotes: quotes, according_to: according_to,
                    voices: voices, sources: sources, claims: claims}) AS accounts
UNWIND accounts AS account
WITH what, account, [x IN accounts WHERE NOT x.not_so] AS held
RETURN coalesce(what.name, what.id) AS responsible_for, what.id AS responsible_for_id,
       labels(what)[0] AS responsible_for_kind, account.who.name AS who, account.who.id AS who_id,
       account.kind AS who_kind, account.not_so AS reported_not_to_have_happened, account.quotes AS quotes,
       account.according_to AS according_to, account.sources AS sources, size(held) AS holders,
       CASE WHEN held = [] THEN 'nobody'
            WHEN size(held) = 1 THEN CASE held[0].kind WHEN 'person' THEN 'one person' ELSE 'shared' END
            WHEN any(x IN held WHERE any(y IN held WHERE x.who <> y.who AND any(v IN x.voices WHERE v IN y.voices)))
              THEN 'shared'
            ELSE 'sources disagree' END AS lies_with,
       account.claims AS claims
ORDER BY responsible_for_id, reported_not_to_have_happened, who_id
