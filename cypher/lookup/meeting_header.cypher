// title: The header of a meeting's observation sheet
// question: none of its own; fills in a form
// params:
//   id: {type: text, meaning: the meeting's id}
// returns:
//   case_study: the id of its case study, else of its group's, without the study's
//   meeting_group_name: what it is called
//   date: its date, in the words used
//   location: where it was
//   business: what it was about
//   meeting_mode: what it was mostly for
//   source: the id of the observation of it, without the study's, if there is just one
MATCH (m:Meeting {id: $id})
OPTIONAL MATCH (m)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (m)-[:OF_ARENA]->(:Arena)-[:IN_CASE]->(theirs:CaseStudy)
WITH m, coalesce(min(own.id), min(theirs.id)) AS case_id
OPTIONAL MATCH (m)<-[:OF_MEETING]-(s:DataSource)
WHERE s.kind = 'observation'
WITH m, case_id, collect(DISTINCT s.id) AS sources
RETURN split(case_id, ':')[2] AS case_study, m.name AS meeting_group_name, m.date_text AS date,
       m.location AS location, m.business AS business, m.mode AS meeting_mode,
       CASE size(sources) WHEN 1 THEN split(sources[0], ':')[2] ELSE null END AS source
