// title: Who introduces documents and evidence, how much, and for whom no source says so
// question: 15. Who introduces most evidence at site X, and who is never a source of any?
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
//   actor: who belongs to the site and case study, was at a meeting there, or introduced or made something there
//   actor_id: their id
//   introduced: how many different documents and pieces of evidence they are said to have introduced
//   documents: how many of these are documents
//   evidence: how many of these are pieces of evidence
//   evidence_in_documents: how many pieces of evidence are presented in the documents that they introduced
//   written_or_obtained: how many documents and pieces of evidence they are said to have written, generated or obtained
//   none_recorded: whether no source says that they introduced or made any
//   reported_not_introduced: how many they were reported not to have introduced
//   dated_claims: how many of the claims have a date
//   sources: how many sources say so
//   claims: ids of the claims
// example: {site: north}
// boxes:
//   - document_extraction_template.origins_and_introduction.introduced_by

MATCH (a:Actor {study: $study})

// what each introduced, wrote, generated or obtained, and where: where the meeting was, else where the thing belongs,
// else where the person does
CALL (a) {
  MATCH (a)-[r:INTRODUCED|AUTHORED|GENERATED|ACCESSED|NOT_INTRODUCED|NOT_AUTHORED|NOT_GENERATED|NOT_ACCESSED]->(item)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
    AND ($scope IS NULL OR r.scope IN [$scope, 'both'])
    AND ($from IS NULL OR r.date_to IS NULL OR r.date_to >= $from)
    AND ($to IS NULL OR r.date_from IS NULL OR r.date_from <= $to)
  WITH r, item,
       CASE WHEN $site IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(there)
                   WITH DISTINCT there MATCH (there)-[:AT_SITE]->(s:Site) RETURN s.id },
         COLLECT { MATCH (a)-[:AT_SITE]->(s:Site) RETURN s.id }] WHERE found <> []]) END AS sites,
       CASE WHEN $case IS NOT NULL THEN head([found IN [
         COLLECT { MATCH (:Meeting {id: coalesce(r.at_meeting, '')})-[:OF_ARENA|IN_CASE*1..2]->(c:CaseStudy)
                   RETURN c.id },
         COLLECT { MATCH (item)-[:OF_ARENA|IN_CASE*0..2]->(c:CaseStudy) RETURN c.id }] WHERE found <> []]) END AS cases
  WHERE ($site IS NULL OR $site IN sites) AND ($case IS NULL OR $case IN cases)
  WITH r, item, type(r) STARTS WITH 'NOT_' AS not_so, type(r) ENDS WITH 'INTRODUCED' AS brought
  ORDER BY r.id
  RETURN collect(DISTINCT CASE WHEN brought AND NOT not_so THEN item END) AS introduced,
         count(DISTINCT CASE WHEN NOT brought AND NOT not_so THEN item END) AS written_or_obtained,
         count(DISTINCT CASE WHEN brought AND not_so THEN item END) AS reported_not_introduced,
         count(coalesce(r.date_from, r.date_to)) AS dated_claims, count(DISTINCT r.source) AS sources,
         collect(r.id) AS claims
}

// and everybody who belongs there and did none of this
WITH *
WHERE size(claims) > 0 OR ($site IS NULL OR EXISTS { (a)-[:AT_SITE]->(:Site {id: $site}) }
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })
  AND ($case IS NULL
     OR EXISTS { (a)-[m:MEMBER_OF|ATTENDED|INVOLVED_IN]->()-[:OF_ARENA|IN_CASE*0..2]->(:CaseStudy {id: $case})
                 WHERE m.mode IN $modes AND m.confidence IN $confidences })
RETURN a.name AS actor, a.id AS actor_id, size(introduced) AS introduced,
       size([i IN introduced WHERE i:Document]) AS documents, size([i IN introduced WHERE i:Evidence]) AS evidence,
       COUNT { UNWIND introduced AS d MATCH (d)<-[r:PRESENTED_IN]-(e:Evidence)
               WHERE r.mode IN $modes AND r.confidence IN $confidences
               RETURN DISTINCT e } AS evidence_in_documents,
       written_or_obtained, size(introduced) + written_or_obtained = 0 AS none_recorded, reported_not_introduced,
       dated_claims, sources, claims
ORDER BY introduced DESC, written_or_obtained DESC, actor_id
