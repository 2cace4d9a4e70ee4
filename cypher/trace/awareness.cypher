// title: How the members of each group came to know of a document or piece of evidence
// question: 3. How did each member come to know of it, and who never did?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   arena: a group that it reached, was intended for, or that acted on it; empty for others who were told
//   arena_id: its id
//   actor: a member of the group, or somebody reported to have been told or not told
//   actor_id: their id
//   knows: yes; through the group (only the group is known to have known); reported not to know; not known
//   ways: told, sent it, acted on it, was there (when it came up); group told, group sent it, group acted; not …
//   means: by what means they or their group were told, in the words of the claims
//   since: the earliest possible day of the first dated way; a vague date stands behind what is certain of it
//   since_to: the latest possible day of that way
//   sources: how many sources say so
//   claims: ids of the claims, leaving out those of membership
// example: {document: D07}
// boxes:
//   - document_extraction_template.origins_and_introduction.made_aware_how

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// the meetings at which it came up
WITH item, COLLECT {
  MATCH (item)-[r]-(other)
  WHERE NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
    AND r.mode IN $modes AND r.confidence IN $confidences
    AND (r.at_meeting IS NOT NULL OR type(r) IN ['TABLED_AT', 'SENT_TO'])
  RETURN {meeting: coalesce(r.at_meeting, other.id), source: r.source, claim: r.id}
} AS came_up

// the members of the groups that met then, or of which anything is said in connection with it; who was told besides
CALL (item, came_up) {
  UNWIND came_up AS once
  MATCH (:Meeting {id: coalesce(once.meeting, '')})-[:OF_ARENA]->(g:Arena)<-[m:MEMBER_OF]-(a:Actor)
  WHERE m.mode IN $modes AND m.confidence IN $confidences
  RETURN g, a
  UNION
  MATCH (item)-[r]-(g)
  WHERE 'Arena' IN labels(g) AND type(r) <> 'WITHDRAWN' AND r.mode IN $modes AND r.confidence IN $confidences
  MATCH (g)<-[m:MEMBER_OF]-(a:Actor)
  WHERE m.mode IN $modes AND m.confidence IN $confidences
  RETURN g, a
  UNION
  MATCH (item)-[r:MADE_AWARE_OF|SENT_TO|NOT_MADE_AWARE_OF|NOT_SENT_TO]-(a:Actor)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN null AS g, a
}
WITH item, came_up, a, collect(DISTINCT g) AS groups
UNWIND CASE groups WHEN [] THEN [null] ELSE groups END AS g

// how each member may know
WITH g, a, COLLECT {
  MATCH (a)-[r]->(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND (NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN' OR type(r) = 'NOT_MADE_AWARE_OF')
  RETURN {way: CASE WHEN type(r) ENDS WITH 'MADE_AWARE_OF' THEN 'told' ELSE 'acted on it' END, own: true,
          means: r.means, not_so: type(r) STARTS WITH 'NOT_', from: r.date_from, to: r.date_to,
          sources: [r.source], claims: [r.id]} AS way
  UNION ALL
  MATCH (a)<-[r:SENT_TO|NOT_SENT_TO]-(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {way: 'sent it', own: true, means: null, not_so: type(r) STARTS WITH 'NOT_', from: r.date_from, to: r.date_to,
          sources: [r.source], claims: [r.id]} AS way
  UNION ALL
  UNWIND came_up AS once
  MATCH (a)-[r:ATTENDED]->(met:Meeting {id: coalesce(once.meeting, '')})
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {way: 'was there', own: true, means: null, not_so: false, from: met.date_from, to: met.date_to,
          sources: [r.source, once.source], claims: [r.id, once.claim]} AS way
  UNION ALL
  MATCH (g)-[r]->(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND (NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN' OR type(r) IN ['NOT_MADE_AWARE_OF', 'NOT_RECEIVED'])
  RETURN {way: CASE WHEN type(r) ENDS WITH 'MADE_AWARE_OF' THEN 'group told' ELSE 'group acted' END, own: false,
          means: r.means, not_so: type(r) STARTS WITH 'NOT_', from: r.date_from, to: r.date_to,
          sources: [r.source], claims: [r.id]} AS way
  UNION ALL
  MATCH (g)<-[r:SENT_TO|NOT_SENT_TO]-(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {way: 'group sent it', own: false, means: null, not_so: type(r) STARTS WITH 'NOT_', from: r.date_from, to: r.date_to,
          sources: [r.source], claims: [r.id]} AS way
} AS ways
WITH *, COLLECT { UNWIND ways AS w WITH w WHERE NOT w.not_so AND coalesce(w.to, w.from) IS NOT NULL
                  RETURN w ORDER BY coalesce(w.to, w.from), w.from LIMIT 1 }[0] AS first
RETURN g.name AS arena, g.id AS arena_id, a.name AS actor, a.id AS actor_id,
       CASE WHEN any(w IN ways WHERE w.own AND NOT w.not_so) THEN 'yes'
            WHEN any(w IN ways WHERE w.own AND w.not_so) THEN 'reported not to know'
            WHEN any(w IN ways WHERE NOT w.not_so) THEN 'through the group'
            WHEN size(ways) > 0 THEN 'reported not to know' ELSE 'not known' END AS knows,
       COLLECT { UNWIND COLLECT { UNWIND ways AS w
                                  RETURN DISTINCT CASE WHEN w.not_so THEN 'not ' ELSE '' END + w.way AS t } AS t
                 RETURN t ORDER BY t } AS ways,
       COLLECT { UNWIND COLLECT { UNWIND ways AS w WITH w WHERE w.means IS NOT NULL
                                  RETURN DISTINCT w.means AS t } AS t
                 RETURN t ORDER BY t } AS means,
       first.from AS since, first.to AS since_to,
       COUNT { UNWIND ways AS w UNWIND w.sources AS x WITH DISTINCT x WHERE x IS NOT NULL RETURN x } AS sources,
       COLLECT { UNWIND COLLECT { UNWIND ways AS w UNWIND w.claims AS x RETURN DISTINCT x } AS x
                 RETURN x ORDER BY x } AS claims
ORDER BY arena_id IS NULL, arena_id, actor_id
