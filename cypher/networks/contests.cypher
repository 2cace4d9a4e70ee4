// title: Who contests whose documents and evidence
// question: 16. Who contests whose evidence?
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
//   who: the person, group or organisation that contests
//   who_id: its id
//   who_kind: its kind
//   whose: who introduced, wrote, made or obtained what is contested; empty where no source says
//   whose_id: its id
//   whose_kind: its kind
//   theirs_by: "how it is theirs: introduced, authored, generated, accessed"
//   items: how many different documents and pieces of evidence of theirs are contested
//   titles: their titles
//   reported_not_contested: how many they were reported not to have contested
//   dated_claims: how many of the claims of contesting have a date
//   sources: how many sources report the contesting
//   claims: ids of the claims of contesting, and of those that make the items theirs
// example: {site: east}
// boxes:
//   - document_extraction_template.reception_and_contestation

// documents and evidence
CALL () {
  MATCH (d:Document {study: $study}) RETURN d AS item
  UNION ALL
  MATCH (e:Evidence {study: $study}) RETURN e AS item
}

// who contests it, and where: where the meeting was, else where the thing belongs, else where who contests does
MATCH (item)<-[r:CONTESTED|NOT_CONTESTED]-(against)
WHERE r.mode IN $modes AND r.confidence IN $confidences
  AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
  AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
  AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
WITH item, r, against,
     CASE WHEN $site IS NOT NULL THEN head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(s:Site)
                 RETURN s.id },
       COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(s:Site) RETURN s.id },
       COLLECT { MATCH (against)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) END AS sites,
     CASE WHEN $case IS NOT NULL THEN head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) END AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)

// whose it is
WITH item, r, against, COLLECT {
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-(owner)
  WHERE o.mode IN $modes AND o.confidence IN $confidences
  RETURN {owner: owner, how: toLower(type(o)), claim: o.id} ORDER BY o.id
} AS owners
UNWIND CASE owners WHEN [] THEN [{owner: null, how: null, claim: null}] ELSE owners END AS o
WITH against, item, r, type(r) = 'NOT_CONTESTED' AS not_so, o
ORDER BY item.name, o.how, r.id
WITH against, o.owner AS owner, collect(DISTINCT o.how) AS how,
     collect(DISTINCT CASE WHEN NOT not_so THEN item.name END) AS titles,
     count(DISTINCT CASE WHEN NOT not_so THEN item END) AS items,
     count(DISTINCT CASE WHEN not_so THEN item END) AS reported_not_contested,
     count(DISTINCT CASE WHEN coalesce(r.date_from, r.date_to) IS NOT NULL THEN r END) AS dated_claims,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS contests, collect(DISTINCT o.claim) AS owned
RETURN against.name AS who, against.id AS who_id, labels(against)[0] AS who_kind, owner.name AS whose,
       owner.id AS whose_id, labels(owner)[0] AS whose_kind,
       COLLECT { UNWIND how AS h RETURN h ORDER BY h } AS theirs_by, items, titles, reported_not_contested,
       dated_claims, sources,
       COLLECT { UNWIND contests + owned AS id RETURN id ORDER BY id } AS claims
ORDER BY items DESC, who_id, whose_id
