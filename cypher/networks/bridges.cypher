// title: People who belong to several organisations or arenas, or to a group of another organisation
// question: 19. Which actors bridge organisations or arenas (PCT, LA, providers, VCF, research)?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   actor: a person with more than one organisation or arena; `journeys analyse brokerage` computes who stands between whom
//   actor_id: their id
//   bridges: "what they have more than one of: organisations, arenas or both"
//   organisations: the organisations they belong to, or represented
//   hosts: the other organisations that these arenas belong to
//   kinds: the kinds of all these organisations
//   arenas: the groups they belong to, or at whose meetings they were
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}
// boxes:
//   - observation_guide.partnerships_relationships
// labels: {kinds: organisation_kind}

MATCH (a:Actor {study: $study})
WHERE ($site IS NULL OR EXISTS { (a)-[:AT_SITE]->(:Site {id: $site}) }
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })
  AND ($case IS NULL
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE*0..2]->(:CaseStudy {id: $case})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })

// what each belongs to
CALL (a) {
  MATCH (a)-[r:MEMBER_OF|REPRESENTED]->(o:Organisation)
  RETURN r, o AS own, null AS arena
  UNION
  MATCH (a)-[r:MEMBER_OF]->(g:Arena)
  RETURN r, null AS own, g AS arena
  UNION
  MATCH (a)-[r:ATTENDED]->(:Meeting)-[:OF_ARENA]->(g:Arena)
  RETURN r, null AS own, g AS arena
}
WITH a, r, own, arena
ORDER BY r.id
WHERE r.mode IN $modes AND r.confidence IN $confidences
WITH a, collect(DISTINCT own) AS own, collect(DISTINCT arena) AS arenas, count(DISTINCT r.source) AS sources,
     collect(DISTINCT r.id) AS claims

// and whose guests they are there
WITH *, COLLECT {
  UNWIND arenas AS g
  MATCH (g)-[sits:SITS_IN*1..3]->(o:Organisation)
  WHERE NOT o IN own
    AND all(x IN sits WHERE x.mode IN $modes AND x.confidence IN $confidences)
  RETURN DISTINCT o
} AS hosts
WITH *, size(own) + size(hosts) AS n_organisations
WHERE n_organisations > 1 OR size(arenas) > 1
RETURN a.name AS actor, a.id AS actor_id,
       CASE WHEN n_organisations > 1 AND size(arenas) > 1 THEN 'both' WHEN size(arenas) > 1 THEN 'arenas'
            ELSE 'organisations' END AS bridges,
       COLLECT { UNWIND own AS o RETURN o.name AS t ORDER BY t } AS organisations,
       COLLECT { UNWIND hosts AS o RETURN o.name AS t ORDER BY t } AS hosts,
       COLLECT { UNWIND COLLECT { UNWIND own + hosts AS o WITH o.kind AS t WHERE t IS NOT NULL
                                  RETURN DISTINCT t } AS t
                 RETURN t ORDER BY t } AS kinds,
       COLLECT { UNWIND arenas AS g RETURN g.name AS t ORDER BY t } AS arenas, sources, claims
ORDER BY n_organisations DESC, size(arenas) DESC, actor_id
