// title: The words used of ethnicity in documents and in meetings, passage by passage
// question: 34. Which understandings of ethnicity appear in documents, and do they differ from those heard in meetings?
//   (The passages themselves, to be read beside each other.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   place: document or meeting
//   found_in: the document or meeting
//   found_in_id: its id
//   words: the passage; of a passage in several parts, each part is a row
//   mode: verbatim, paraphrase, researcher_comment or interpretive
//   speaker: who said it, where known
//   locator: the page or time
//   field: the question of the form that it answers
//   extract_id: the id of the passage
//   claims: "ids of the links that place it: what it is about and where it is from"
// example: {site: north}
// labels: {field: form_question}

MATCH (x:Extract {study: $study})
WHERE x.instrument_field STARTS WITH 'document_extraction_template.ethnicity_description'
   OR x.instrument_field STARTS WITH 'observation_guide.race_ethnicity_inequalities'
MATCH (x)-[about:ABOUT]->(where)
WHERE labels(where)[0] IN ['Document', 'Meeting'] AND coalesce(x.answer_status, 'answered') = 'answered'
  AND coalesce(x.mode, 'not_stated') IN $modes
  // the whole of a passage that was told apart is in its parts
  AND NOT EXISTS { (where)<-[:ABOUT]-(part:Extract) WHERE part.passage = x.id }
OPTIONAL MATCH (where)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
OPTIONAL MATCH (x)-[from:FROM]->(:DataSource)
OPTIONAL MATCH (who:Actor {id: coalesce(x.spoken_by, '')})
WITH x, about, where, site, coalesce(who.name, x.speaker) AS speaker, collect(DISTINCT from.id) AS ties
WHERE $site IS NULL OR site.id = $site
RETURN site.name AS site, site.id AS site_id, toLower(labels(where)[0]) AS place,
       where.name AS found_in, where.id AS found_in_id,
       x.text AS words, x.mode AS mode, speaker, x.locator AS locator,
       x.instrument_field AS field, x.id AS extract_id,
       COLLECT { UNWIND ties + about.id AS id RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, place, found_in, found_in_id, extract_id
