// title: Understandings of ethnicity in documents, and those heard from people
// question: 34. Which understandings of ethnicity appear in documents, and do they differ from those heard in meetings?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   topic: {type: text, vocabulary: understanding_topic, default: ethnicity, meaning: what the understandings are of}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   understanding: the understanding, in words
//   understanding_id: its id
//   kind: discourse, definition, term or model
//   answer: in both, only in documents, only in meetings, only elsewhere (in interviews), or in none
//   in_documents: the documents that express it
//   heard_in_meetings: who holds it, as heard in a meeting
//   heard_elsewhere: who else holds it, as heard elsewhere
//   reported_not_held: number of claims that it is not expressed or held
//   contradicted_by: documents and understandings that are said to contradict it, or that it contradicts
//   sites: the sites of these documents and people
//   sources: how many sources say so
//   claims: ids of the claims
// example: none
// boxes:
//   - document_extraction_template.ethnicity_description
//   - document_extraction_template.commissioning_understandings
// labels: {kind: understanding_kind}

MATCH (u:Understanding {study: $study, topic: $topic})
OPTIONAL MATCH (holder)-[r:EXPRESSES|HOLDS|NOT_EXPRESSES|NOT_HOLDS]->(u)
WHERE r.mode IN $modes AND r.confidence IN $confidences
OPTIONAL MATCH (holder)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(its:Site)
OPTIONAL MATCH (holder)-[:AT_SITE]->(theirs:Site)
WITH DISTINCT u, holder, r, coalesce(theirs, its) AS site
WHERE $site IS NULL OR site.id = $site

// heard in a meeting: the claim names one, or its source observed or minuted one
OPTIONAL MATCH (source:DataSource {id: coalesce(r.source, '')})
WITH u, holder, r, site,
     CASE WHEN r IS NULL OR type(r) STARTS WITH 'NOT_' THEN null WHEN type(r) = 'EXPRESSES' THEN 'document'
          WHEN r.at_meeting IS NOT NULL OR coalesce(source.kind, r.source_kind) = 'observation'
            OR EXISTS { (source)-[:OF_MEETING]->(:Meeting) }
            OR EXISTS { (source)-[:OF_DOCUMENT]->(:Document)-[:OF_MEETING]->(:Meeting) } THEN 'meeting'
          ELSE 'elsewhere' END AS place
WITH u, collect(DISTINCT CASE place WHEN 'document' THEN holder.name END) AS in_documents,
     collect(DISTINCT CASE place WHEN 'meeting' THEN holder.name END) AS heard_in_meetings,
     collect(DISTINCT CASE place WHEN 'elsewhere' THEN holder.name END) AS heard_elsewhere,
     count(DISTINCT CASE WHEN type(r) STARTS WITH 'NOT_' THEN r.id END) AS reported_not_held,
     collect(DISTINCT CASE WHEN place IS NOT NULL THEN site.name END) AS sites,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS claims
WHERE size(claims) > 0 OR $site IS NULL
OPTIONAL MATCH (u)-[against:CONTRADICTS]-(other)
WHERE against.mode IN $modes AND against.confidence IN $confidences
WITH u, in_documents, heard_in_meetings, heard_elsewhere, reported_not_held, sites, sources, claims,
     collect(DISTINCT other.name) AS contradicted_by, collect(DISTINCT against.id) AS more
RETURN u.name AS understanding, u.id AS understanding_id, u.kind AS kind,
       CASE WHEN size(in_documents) > 0 AND size(heard_in_meetings) > 0 THEN 'in both'
            WHEN size(in_documents) > 0 THEN 'only in documents'
            WHEN size(heard_in_meetings) > 0 THEN 'only in meetings'
            WHEN size(heard_elsewhere) > 0 THEN 'only elsewhere' ELSE 'in none' END AS answer,
       COLLECT { UNWIND in_documents AS name RETURN name ORDER BY name } AS in_documents,
       COLLECT { UNWIND heard_in_meetings AS name RETURN name ORDER BY name } AS heard_in_meetings,
       COLLECT { UNWIND heard_elsewhere AS name RETURN name ORDER BY name } AS heard_elsewhere,
       reported_not_held,
       COLLECT { UNWIND contradicted_by AS name RETURN name ORDER BY name } AS contradicted_by,
       COLLECT { UNWIND sites AS name RETURN name ORDER BY name } AS sites,
       sources, COLLECT { UNWIND claims + more AS id RETURN id ORDER BY id } AS claims
ORDER BY answer, understanding, understanding_id
