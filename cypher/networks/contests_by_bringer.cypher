// title: How often documents and evidence are contested, by the kind of organisation they come from
// question: 16. Is VCF or community evidence contested more than other types?
// params:
//   study: text, the study's id
//   site: text = null, the id of a site; left out, all sites
//   case: text = null, the id of a case study; left out, all case studies
//   scope: text = null, general or ethnicity_specific: only what is said in that scope, or in both
//   from: date = null, only what may have happened on this day or later
//   to: date = null, only what may have happened on this day or earlier
//   modes: list = ["verbatim", "paraphrase", "researcher_comment", "interpretive", "not_stated"], how a claim was noted
//   confidences: list = ["high", "medium", "low", "not_judged"], how sure the researcher is
// returns:
//   organisation_kind: the kind of organisation of who introduced, wrote, made or obtained it; not stated; not known
//   items: how many documents and pieces of evidence come from there; what comes from several kinds counts with each
//   contested: how many of these were contested
//   share: contested / items
//   contesters: how many different people, groups and organisations contested one
//   dated: how many of the claims of contesting have a date
//   sources: how many sources tell of the contesting
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
     WHERE r.at_meeting IS NOT NULL
     MATCH (:Meeting {id: r.at_meeting})-[:OF_ARENA|IN_CASE*1..2]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR EXISTS { (item)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(:Site {id: $site}) } OR EXISTS {
     MATCH (item)-[r]-()
     WHERE r.at_meeting IS NOT NULL
     MATCH (:Meeting {id: r.at_meeting})-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site}) })

// where it comes from
WITH item, COLLECT {
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-(:Actor)-[m:MEMBER_OF]->(body:Organisation)
  WHERE coalesce(o.status, 'stated') <> 'withdrawn'
    AND coalesce(o.mode, 'not_stated') IN $modes AND coalesce(o.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(o.negated, false)
    AND NOT coalesce(m.negated, false) AND coalesce(m.status, 'stated') <> 'withdrawn'
  RETURN coalesce(body.kind, 'not stated') AS kind
  UNION
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-()-[:SITS_IN*0..3]->(body:Organisation)
  WHERE coalesce(o.status, 'stated') <> 'withdrawn'
    AND coalesce(o.mode, 'not_stated') IN $modes AND coalesce(o.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(o.negated, false)
  RETURN coalesce(body.kind, 'not stated') AS kind
} AS kinds

// who contested it
CALL (item) {
  MATCH (item)<-[r:CONTESTED]-(who)
  WHERE coalesce(r.status, 'stated') <> 'withdrawn'
    AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(r.negated, false)
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
    AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
    AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
  WITH r, who,
       head([found IN [
         COLLECT { MATCH (:Meeting {id: r.at_meeting})-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(s:Site) RETURN s.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(s:Site) RETURN s.id },
         COLLECT { MATCH (who)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) AS sites,
       head([found IN [
         COLLECT { MATCH (:Meeting {id: r.at_meeting})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy) RETURN c.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) AS cases
  WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
  WITH r, who
  ORDER BY r.id
  RETURN collect(r) AS contests, collect(DISTINCT who) AS contesters
}

// by kind of organisation
UNWIND CASE kinds WHEN [] THEN ['not known'] ELSE kinds END AS kind
WITH kind, item, contests, contesters
ORDER BY item.id
WITH kind, count(item) AS items, count(CASE WHEN size(contests) > 0 THEN item END) AS contested,
     reduce(all = [], c IN collect(contests) | all + c) AS told,
     reduce(all = [], c IN collect(contesters) | all + c) AS contesters
RETURN kind AS organisation_kind, items, contested, toFloat(contested) / items AS share,
       COUNT { UNWIND contesters AS c RETURN DISTINCT c } AS contesters,
       size([r IN told WHERE coalesce(r.date_from, r.date_to) IS NOT NULL]) AS dated,
       COUNT { UNWIND told AS r WITH r WHERE r.source IS NOT NULL RETURN DISTINCT r.source } AS sources,
       [r IN told | r.id] AS claims
ORDER BY share DESC, contested DESC, organisation_kind
