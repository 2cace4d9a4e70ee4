// title: The documents of a case study
// question: none of its own; fills in a data collection summary
// params:
//   id: {type: text, meaning: the id of the case study}
// returns:
//   id: the id of the document
//   number: its number in the list of documents
//   title: its title
//   date: its date in words
//   authors: who wrote it
//   archive_status: obtained, requested, mentioned_only or not_available; empty where not recorded
//   url: its web address
//   summarised: whether a form about it was filled in
//   coded_passages: number of passages from it or about it that have a code
// labels: {archive_status: archive_status}

MATCH (:CaseStudy {id: $id})<-[:IN_CASE]-(d:Document)
WITH DISTINCT d
RETURN d.id AS id, d.doc_number AS number, d.title AS title, d.date_text AS date,
       COLLECT { UNWIND COLLECT { MATCH (d)<-[r:AUTHORED]-(a) WHERE r.mode <> 'derived'
                                  RETURN DISTINCT a.name AS name } AS name
                 RETURN name ORDER BY name } AS authors,
       d.archive_status AS archive_status, d.url AS url,
       EXISTS { (d)<-[:ABOUT]-(x:Extract) WHERE x.instrument_field STARTS WITH 'document_extraction_template' }
         OR EXISTS { (d)<-[:OF_DOCUMENT]-(s:DataSource) WHERE s.not_asked IS NOT NULL } AS summarised,
       // UNION, because an answer on its form is both from it and about it
       COUNT { MATCH (d)<-[:ABOUT]-(x:Extract)-[:CODED_AS]->(:Code) RETURN x
               UNION
               MATCH (d)<-[:OF_DOCUMENT]-(:DataSource)<-[:FROM]-(x:Extract)-[:CODED_AS]->(:Code) RETURN x
       } AS coded_passages
ORDER BY number, id
