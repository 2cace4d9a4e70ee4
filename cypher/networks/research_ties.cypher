// title: Relations between researchers and commissioners, and the evidence that comes in through them
// question: 23. Which long relations between researchers or research-active clinicians and commissioners carry evidence
//   in?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   research:
//     type: list
//     default: [research, academic, universit, professor, lecturer]
//     meaning: beginnings of words for research
//   commissioning: {type: list, default: [commission], meaning: beginnings of words for commissioning}
//   commissioning_kinds:
//     type: list
//     vocabulary: organisation_kind
//     open: true
//     default: [pct]
//     meaning: the kinds of organisation that commission
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   researcher: who does research, by designation, identity or skills, or is or belongs to a research organisation
//   researcher_id: their id
//   commissioner: who commissions, by designation or identity, or is or belongs to a commissioning organisation
//   commissioner_id: their id
//   reported_not_to_have_happened: whether it was reported not to have happened
//   relation: what kind of relation, in the words of the claims; judge for yourself whether it is a long one
//   formality: whether it is formal, in the words of the claims
//   quality: its quality, in the words of the claims
//   effects: its effects, in the words of the claims
//   dates: when it was, in the words of the claims
//   brought: the documents and evidence that the researcher introduced, wrote, contributed to, made or obtained
//   taken_up: those of them that the commissioner introduced, referred to, supported, championed or used
//   sources: how many sources report the relation
//   claims: ids of the claims of the relation, and of what was brought and taken up
// example: none
// boxes:
//   - observation_guide.partnerships_relationships

// people and organisations
CALL () {
  MATCH (a:Actor {study: $study}) RETURN a AS one
  UNION ALL
  MATCH (o:Organisation {study: $study}) RETURN o AS one
}

// relations with research at one end and commissioning at the other
MATCH (one)-[r:RELATES_TO|NOT_RELATES_TO]-(other)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND (one.kind = 'research'
     OR EXISTS {
       MATCH (one)-[m:MEMBER_OF]->(:Organisation {kind: 'research'})
       WHERE m.mode IN $modes AND m.confidence IN $confidences }
     OR any(t IN [one.designation, one.professional_identity, one.skills]
            WHERE any(w IN $research WHERE toLower(t) CONTAINS w)))
  AND (other.kind IN $commissioning_kinds
     OR EXISTS {
       MATCH (other)-[m:MEMBER_OF]->(o:Organisation)
       WHERE o.kind IN $commissioning_kinds
         AND m.mode IN $modes AND m.confidence IN $confidences }
     OR any(t IN [other.designation, other.professional_identity]
            WHERE any(w IN $commissioning WHERE toLower(t) CONTAINS w)))
  AND ($site IS NULL OR EXISTS { (one)-[:AT_SITE]->(:Site {id: $site}) }
     OR EXISTS { (other)-[:AT_SITE]->(:Site {id: $site}) })
WITH one, other, r
ORDER BY r.id
WITH one, other, type(r) = 'NOT_RELATES_TO' AS not_so, collect(DISTINCT r.kind) AS relation,
     collect(DISTINCT r.formality) AS formality, collect(DISTINCT r.quality) AS quality,
     collect(DISTINCT r.effect) AS effects,
     collect(DISTINCT coalesce(r.date_text, toString(r.date_from))) AS dates, count(DISTINCT r.source) AS sources,
     collect(r.id) AS related

// what the one brought, and what of it the other took up
WITH *, COLLECT {
  MATCH (one)-[r:INTRODUCED|AUTHORED|CONTRIBUTED_TO|GENERATED|ACCESSED]->(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {item: item, claim: r.id} ORDER BY r.id
} AS brought
WITH *, COLLECT {
  UNWIND brought AS x
  WITH DISTINCT x.item AS item, other
  MATCH (other)-[r:INTRODUCED|REFERRED_TO|SUPPORTED|CHAMPIONED|USED]->(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {item: item, claim: r.id} ORDER BY r.id
} AS taken_up
RETURN one.name AS researcher, one.id AS researcher_id, other.name AS commissioner, other.id AS commissioner_id,
       not_so AS reported_not_to_have_happened, relation, formality, quality, effects, dates,
       COLLECT { UNWIND COLLECT { UNWIND brought AS x RETURN DISTINCT x.item.name AS t } AS t
                 RETURN t ORDER BY t } AS brought,
       COLLECT { UNWIND COLLECT { UNWIND taken_up AS x RETURN DISTINCT x.item.name AS t } AS t
                 RETURN t ORDER BY t } AS taken_up,
       sources, related + [x IN brought + taken_up | x.claim] AS claims
ORDER BY size(taken_up) DESC, size(brought) DESC, researcher_id, commissioner_id, reported_not_to_have_happened
