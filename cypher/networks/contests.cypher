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
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
                 WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
       COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(there)
                 WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
       COLLECT { MATCH (against)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) END AS sites,
     CASE WHEN $case IS NOT NULL THEN head([found IN [
       COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                 RETURN c.id },
       COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) END AS cases
WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)

// whose it is: looked up once for each thing, however many claims contest it
WITH item, against, collect(r.id) AS claims, collect(DISTINCT r.source) AS said_by,
     sum(CASE WHEN coalesce(r.date_from, r.date_to) IS NULL THEN 0 ELSE 1 END) AS dated,
     max(CASE WHEN type(r) = 'CONTESTED' THEN 1 ELSE 0 END) AS so,
     max(CASE WHEN type(r) = 'NOT_CONTESTED' THEN 1 ELSE 0 END) AS not_so
WITH item, collect({who: against, claims: claims, said_by: said_by, dated: dated, so: so, not_so: not_so}) AS contests
WITH item, contests, COLLECT {
  MATCH (item)<-[o:INTRODUCED|AUTHORED|GENERATED|ACCESSED]-(owner)
  WHERE o.mode IN $modes AND o.confidence IN $confidences
  WITH owner, collect(DISTINCT toLower(type(o))) AS how, collect(o.id) AS claims
  RETURN {owner: owner, how: how, claims: claims}
} AS owners
UNWIND CASE owners WHEN [] THEN [{owner: null, how: [], claims: []}] ELSE owners END AS o
UNWIND contests AS c
WITH c.who AS against, o.owner AS owner, collect(o.how) AS hows, collect(CASE c.so WHEN 1 THEN item.name END) AS names,
     sum(c.so) AS items, sum(c.not_so) AS reported_not_contested, sum(c.dated) AS dated_claims,
     collect(c.said_by) AS said_by, collect(c.claims) + collect(o.claims) AS claims
RETURN against.name AS who, against.id AS who_id, labels(against)[0] AS who_kind, owner.name AS whose,
       owner.id AS whose_id, labels(owner)[0] AS whose_kind,
       CASE WHEN size(hows) = 1 AND size(head(hows)) < 2 THEN head(hows)
            ELSE COLLECT { UNWIND COLLECT { UNWIND hows AS some UNWIND some AS how RETURN DISTINCT how } AS how
                           RETURN how ORDER BY how } END AS theirs_by,
       items,
       CASE WHEN size(names) < 2 THEN names
            ELSE COLLECT { UNWIND COLLECT { UNWIND names AS name RETURN DISTINCT name } AS name
                           RETURN name ORDER BY name } END AS titles,
       reported_not_contested, dated_claims,
       CASE WHEN size(said_by) = 1 THEN size(head(said_by))
            ELSE COUNT { UNWIND said_by AS some UNWIND some AS source RETURN DISTINCT source } END AS sources,
       COLLECT { UNWIND claims AS some UNWIND some AS id RETURN id ORDER BY id } AS claims
ORDER BY items DESC, who_id, whose_id
