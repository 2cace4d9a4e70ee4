// title: The header of a document's extraction form
// question: "39"
// params:
//   id: {type: text, meaning: the document's id}
// returns:
//   case_study_and_site: the id of its case study, without the study's
//   name_of_document: its title
//   document_number: its number
//   author_or_originating_group: who wrote it, by name
//   date: its date, in the words used
//   type_of_document: its type
MATCH (d:Document {id: $id})
OPTIONAL MATCH (d)-[:IN_CASE]->(c:CaseStudy)
OPTIONAL MATCH (d)<-[a:AUTHORED]-(who)
WITH d, min(c.id) AS case_id, collect(DISTINCT who.name) AS authors
RETURN split(case_id, ':')[2] AS case_study_and_site, d.title AS name_of_document,
       d.doc_number AS document_number,
       reduce(text = '', name IN authors | text + CASE text WHEN '' THEN '' ELSE '; ' END + name)
         AS author_or_originating_group,
       d.date_text AS date, d.doc_type AS type_of_document
