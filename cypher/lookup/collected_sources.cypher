// title: The sources of a case study
// question: none of its own; fills in a data collection summary
// params:
//   id: {type: text, meaning: the id of the case study}
// returns:
//   id: the id of the source
//   kind: interview, observation, group_discussion or other; empty where not recorded
//   description: what it is called
//   date: its date in words, else that of its meeting
//   roles: the designations of who was interviewed
//   transcript_status: the status of its transcript
//   coding_status: the status of its coding, in the team's words
//   passages: number of passages kept from it
//   coded_passages: number of these that have a code
// labels: {kind: source_kind}

CALL () {
  MATCH (:CaseStudy {id: $id})<-[:IN_CASE]-(s:DataSource)
  RETURN s
  UNION
  MATCH (:CaseStudy {id: $id})<-[:IN_CASE]-(:Meeting)<-[:OF_MEETING]-(s:DataSource)
  WHERE NOT EXISTS { (s)-[:IN_CASE]->(:CaseStudy) }
  RETURN s
}
WITH DISTINCT s
WHERE NOT coalesce(s.kind IN ['researchers_form', 'document'], false)
OPTIONAL MATCH (s)-[:OF_MEETING]->(m:Meeting)
WITH s, min(m.date_text) AS met, min(m.date_from) AS day
RETURN s.id AS id, s.kind AS kind, s.description AS description, coalesce(s.date_text, met) AS date,
       COLLECT { MATCH (s)-[:WITH_ACTOR]->(a:Actor) WHERE a.designation IS NOT NULL
                 RETURN a.designation AS role ORDER BY role } AS roles,
       s.transcript_status AS transcript_status, s.coding_status AS coding_status,
       COUNT { (s)<-[:FROM]-(:Extract) } AS passages,
       COUNT { MATCH (s)<-[:FROM]-(x:Extract)-[:CODED_AS]->(:Code) RETURN DISTINCT x } AS coded_passages
ORDER BY coalesce(s.date_from, day), id
