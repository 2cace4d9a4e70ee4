// title: The header of an interview sheet
// question: none of its own; fills in a form
// params:
//   id: {type: text, meaning: the interview's id}
// returns:
//   source: its id, without the study's
//   interviewee: who was interviewed, by name
//   case_study: the ids of its case studies, without the study's
//   date: its date, in the words used
//   transcript_status: how it is transcribed
//   kind: interview, observation or document
MATCH (s:DataSource {id: $id})
OPTIONAL MATCH (s)-[:WITH_ACTOR]->(who:Actor)
WITH s, collect(DISTINCT who.name) AS people
OPTIONAL MATCH (s)-[:IN_CASE]->(c:CaseStudy)
WITH s, people, collect(DISTINCT split(c.id, ':')[2]) AS cases
RETURN split(s.id, ':')[2] AS source,
       reduce(text = '', name IN people | text + CASE text WHEN '' THEN '' ELSE '; ' END + name) AS interviewee,
       reduce(text = '', name IN cases | text + CASE text WHEN '' THEN '' ELSE '; ' END + name) AS case_study,
       s.date_text AS date, s.transcript_status AS transcript_status, s.kind AS kind
