// title: How often documents and evidence are contested, by the kind of organisation they come from
// question: 16. Is VCF or community evidence contested more than other types?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   scope: {type: text, vocabulary: scope, default: null, meaning: "only what is said in that scope, or in both"}
//   from: {type: date, default: null, meaning: only what may have happened on this day or later}
//   to: {type: date, default: null, meaning: only what may have happened on this day or earlier}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   organisation_kind: the kind of organisation of who introduced, wrote, made or obtained it; not stated; not known
//   items: how many documents and pieces of evidence come from there; one that comes from several kinds counts for each
//   contested: how many of these were contested
//   share: contested / items
//   contesters: how many different people, groups and organisations contested any of them
//   dated_claims: how many of the claims of contesting have a date
//   sources: how many sources report the contesting
//   claims: ids of the claims of contesting
// example: none

// documents and evidence
CALL () {
  MATCH (d:Document {study: $study}) RETURN d AS item
  UNION ALL
  MATCH (e:Evidence {study: $study}) RETURN e AS item
}
WITH item
WHERE ($case IS NULL OR EXISTS { (item)-[:IN_CASE]->(:CaseStudy {id: $case}) } OR EXISTS {
     MATCH (item)-[r]-()
     WHERE r.at_meeting IS NOT NULL AND NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
       AND r.mode IN $modes AND r.confidence IN $confidences
     MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (item)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) } OR EXISTS {
     MATCH (item)-[r]-()
     WHERE r.at_meeting IS NOT NULL AND NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
       AND r.mode IN $modes AND r.confidence IN $confidences
     MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site}) })

// where it comes from
WITH item, COLLECT {
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-(:Actor)-[m:MEMBER_OF]->(body:Organisation)
  WHERE o.mode IN $modes AND o.confidence IN $confidences
    AND m.mode IN $modes AND m.confidence IN $confidences
  RETURN coalesce(body.kind, 'not stated') AS kind
  UNION
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-()-[sits:SITS_IN*0..3]->(body:Organisation)
  WHERE o.mode IN $modes AND o.confidence IN $confidences
    AND all(x IN sits WHERE x.mode IN $modes AND x.confidence IN $confidences)
  RETURN coalesce(body.kind, 'not stated') AS kind
} AS kinds

// who contested it; and one row more for each, so that none is lost
CALL (item) {
  MATCH (item)<-[r:CONTESTED]-(who)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
    AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
    AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
  WITH r, who, item,
       CASE WHEN $site IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (who)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) END AS sites,
       CASE WHEN $case IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                   RETURN c.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) END AS cases
  WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
  RETURN r, who
  UNION ALL
  RETURN null AS r, null AS who
}

// by kind of organisation
UNWIND CASE kinds WHEN [] THEN ['not known'] ELSE kinds END AS organisation_kind
WITH organisation_kind, item, r, who
ORDER BY r.id
WITH organisation_kind, count(DISTINCT item) AS items,
     count(DISTINCT CASE WHEN r IS NOT NULL THEN item END) AS contested, count(DISTINCT who) AS contesters,
     count(coalesce(r.date_from, r.date_to)) AS dated_claims, count(DISTINCT r.source) AS sources,
       collect(r.id) AS claims
RETURN organisation_kind, items, contested, toFloat(contested) / items AS share, contesters, dated_claims, sources,
       claims
ORDER BY share DESC, contested DESC, organisation_kind
