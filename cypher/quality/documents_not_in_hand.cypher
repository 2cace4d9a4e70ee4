// title: Documents that are mentioned or cited, but not obtained, numbered, extracted or coded
// question: 39. Which documents are mentioned or cited but not obtained, archived, numbered or coded?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   document: the document
//   document_id: its id
//   archive_status: obtained, requested, mentioned_only or not_available; empty where nobody has said
//   obtained: whether the team holds it
//   numbered: whether it has a number in its case study
//   extracted: whether a form about it was filled in
//   coded: whether its source is marked as coded, or a passage from it or about it has a code
//   cited_by: so many documents cite it
//   mentioned: so many people referred to it or were found to know of it
//   follow_up: what the team means to do about it
//   sources: so many sources mention or cite it
//   claims: ids of the claims that mention or cite it
// example: none
// boxes:
//   - document_extraction_template.other_comments

MATCH (d:Document {study: $study})
WHERE $case IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy {id: $case}) }
OPTIONAL MATCH (d)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT d, site
WHERE $site IS NULL OR site.id = $site
WITH d, site, coalesce(d.archive_status = 'obtained', false) AS obtained,
     d.doc_number IS NOT NULL AS numbered,
     EXISTS { (d)<-[:ABOUT]-(x:Extract) WHERE x.instrument_field STARTS WITH 'document_extraction_template' }
       OR EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource) WHERE s.not_asked IS NOT NULL } AS extracted,
     EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource)
              WHERE toLower(trim(s.coding_status)) IN ['coded', 'yes', 'done', 'complete', 'summarised'] }
       OR EXISTS { (d)<-[:ABOUT]-(:Extract)-[:CODED_AS]->(:Code) }
       OR EXISTS { (d)<-[:OF_DOCUMENT]-(:DataSource)<-[:FROM]-(:Extract)-[:CODED_AS]->(:Code) } AS coded
WHERE NOT (obtained AND numbered AND extracted AND coded)
OPTIONAL MATCH (d)<-[r:CITED|REFERRED_TO|MADE_AWARE_OF|INTRODUCED|USED]-(who)
WHERE r.mode <> 'derived'
WITH site, d, obtained, numbered, extracted, coded,
     count(DISTINCT CASE type(r) WHEN 'CITED' THEN who END) AS cited_by,
     count(DISTINCT CASE WHEN type(r) <> 'CITED' THEN who END) AS mentioned,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS claims
RETURN site.name AS site, site.id AS site_id, d.name AS document, d.id AS document_id,
       d.archive_status AS archive_status, obtained, numbered, extracted, coded, cited_by, mentioned,
       COLLECT { MATCH (d)<-[:ABOUT]-(f:Finding {kind: 'follow_up'})
                 RETURN f.text AS text ORDER BY text } AS follow_up,
       sources, COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY obtained, extracted, coded, site, site_id, document, document_id
