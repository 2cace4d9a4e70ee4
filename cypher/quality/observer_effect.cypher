// title: Passages noted where the observer may have changed what was said, and the claims based on them
// question: 45. Which extracts would lose their meaning if the observer's influence is taken into account?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   source: the observation
//   source_id: its id
//   answer: noted; or not recorded, for an observation of which nobody wrote how the observer's presence told
//   observer_effect: what the observer wrote about the effect of their presence; judge it for yourself
//   passage: the passage
//   passage_id: its id
//   mode: verbatim, paraphrase, researcher_comment or interpretive
//   speaker: who said it, where known
//   rests_on_it: number of claims that quote it
//   only_from_here: number of these that no other source supports
//   claims: ids of the claims that quote it, and of the link to its source
// example: none

// each source, and the claims that quote it: a passage of it by its id, or its words (passage: null)
CALL () {
  MATCH (s:DataSource {study: $study})
  WHERE s.kind = 'observation' OR s.observer_effect_note IS NOT NULL
  RETURN s, null AS r, null AS passage
  UNION ALL
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
  }
  MATCH (a)-[r]->()
  WHERE coalesce(r.extract_ids, r.quote) IS NOT NULL AND r.mode <> 'derived' AND type(r) <> 'WITHDRAWN'
  CALL (r) {
    MATCH (s:DataSource {id: coalesce(r.source, '')}) RETURN s, null AS passage
    UNION ALL
    UNWIND coalesce(r.extract_ids, []) AS id
    MATCH (x:Extract {id: id})-[:FROM]->(s:DataSource)
    RETURN s, id AS passage
  }
  WITH s, r, passage
  WHERE s.observer_effect_note IS NOT NULL
  RETURN s, r, passage
}
WITH s, collect(CASE WHEN r IS NOT NULL THEN {r: r, passage: passage} END) AS quotes

OPTIONAL MATCH (s)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (s)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
WITH DISTINCT quotes, s, coalesce(own, met) AS c
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH DISTINCT quotes, s, site
WHERE $site IS NULL OR site.id = $site

// its passages, where a note tells how to read them; the whole of one that was told apart is in its parts
OPTIONAL MATCH (s)<-[tie:FROM]-(x:Extract)
WHERE s.observer_effect_note IS NOT NULL AND coalesce(x.answer_status, 'answered') = 'answered'
  AND NOT EXISTS { (s)<-[:FROM]-(part:Extract) WHERE part.passage = x.id }
WITH s, site, x, tie, COLLECT {
  UNWIND quotes AS q
  WITH q.r AS r, q.passage AS passage
  WHERE passage = x.id OR passage IS NULL AND coalesce(toLower(x.text) CONTAINS toLower(trim(r.quote)), false)
  RETURN DISTINCT r
} AS quoting
OPTIONAL MATCH (who:Actor {id: coalesce(x.spoken_by, '')})
RETURN site.name AS site, site.id AS site_id, s.name AS source, s.id AS source_id,
       CASE WHEN s.observer_effect_note IS NULL THEN 'not recorded' ELSE 'noted' END AS answer,
       s.observer_effect_note AS observer_effect, x.text AS passage, x.id AS passage_id, x.mode AS mode,
       coalesce(who.name, x.speaker) AS speaker, size(quoting) AS rests_on_it,
       COUNT {
         UNWIND quoting AS r
         WITH r, startNode(r) AS a, endNode(r) AS b
         WHERE NOT EXISTS {
           (a)-[o]->(b)
           WHERE type(o) = type(r) AND o.source <> r.source AND o.mode <> 'derived'
             AND coalesce(o.at_meeting, r.at_meeting, '') = coalesce(r.at_meeting, '')
             AND coalesce(o.aspect_key = r.aspect_key, true)
         }
         RETURN r
       } AS only_from_here,
       COLLECT { UNWIND COLLECT { UNWIND [r IN quoting | r.id] + CASE WHEN tie IS NULL THEN [] ELSE [tie.id] END AS id
                                  RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id
       } AS claims
ORDER BY site, site_id, source, source_id, rests_on_it DESC, passage, passage_id
