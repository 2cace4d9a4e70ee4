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
//   archive_status: obtained, requested, mentioned_only or not_available; empty where not recorded
//   obtained: whether the team holds it; yes where a form about it was filled in; else not recorded where no status is given
//   numbered: whether it has a number in its case study
//   extracted: whether a form about it was filled in
//   coded: whether its source is marked as coded, or a passage from it or about it has a code
//   cited_by: number of documents that cite it
//   mentioned: number of people who referred to it or were reported to know of it
//   follow_up: what the team plans to do about it
//   sources: number of sources that mention or cite it
//   claims: ids of the claims that mention or cite it
// example: none
// boxes:
//   - document_extraction_template.other_comments

MATCH (d:Document {study: $study})
WHERE $case IS NULL OR EXISTS { (d)-[:IN_CASE]->(:CaseStudy {id: $case}) }
OPTIONAL MATCH (d)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT d, site
WHERE $site IS NULL OR site.id = $site
WITH d, site, d.doc_number IS NOT NULL AS numbered,
     EXISTS { (d)<-[:ABOUT]-(x:Extract) WHERE x.instrument_field STARTS WITH 'document_extraction_template' }
       OR EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource) WHERE s.not_asked IS NOT NULL } AS extracted,
     EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource)
              WHERE toLower(trim(s.coding_status)) IN ['coded', 'yes', 'done', 'complete', 'summarised'] }
       OR EXISTS { (d)<-[:ABOUT]-(:Extract)-[:CODED_AS]->(:Code) }
       OR EXISTS { (d)<-[:OF_DOCUMENT]-(:DataSource)<-[:FROM]-(:Extract)-[:CODED_AS]->(:Code) } AS coded
WITH d, site, numbered, extracted, coded,
     CASE WHEN d.archive_status = 'obtained' OR d.archive_status IS NULL AND extracted THEN 'yes'
          WHEN d.archive_status IS NULL THEN 'not recorded' ELSE 'no' END AS obtained
WHERE NOT (obtained = 'yes' AND numbered AND extracted AND coded)
OPTIONAL MATCH (d)<-[r:CITED|REFERRED_TO|MADE_AWARE_OF|INTRODUCED|USED]-(who)
WHERE r.mode <> 'derived'
WITH site, d, obtained, numbered, extracted, coded,
     count(DISTINCT CASE type(r) WHEN 'CITED' THEN who END) AS cited_by,
     count(DISTINCT CASE WHEN type(r) <> 'CITED' THEN who END) AS mentioned,
     count(DISTINCT r.source) AS sources, collect(DISTINCT r.id) AS claims
// what nobody mentions or cites, and the archive does not miss, is not asked for here
WHERE cited_by + mentioned > 0 OR obtained = 'no'
RETURN site.name AS site, site.id AS site_id, d.name AS document, d.id AS document_id,
       d.archive_status AS archive_status, obtained, numbered, extracted, coded, cited_by, mentioned,
       COLLECT { MATCH (d)<-[:ABOUT]-(f:Finding {kind: 'follow_up'})
                 RETURN f.text AS text ORDER BY text } AS follow_up,
       sources, COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY CASE obtained WHEN 'no' THEN 0 WHEN 'not recorded' THEN 1 ELSE 2 END, extracted, coded, site,
         site_id, document, document_id
