// title: Passages by code and the speaker's kind of organisation
// question: Which kinds of organisation do those come from whose words have each code?
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   sheet: {type: text, default: null, meaning: "the number of a sheet of the codebook; left out, all sheets"}
//   coder: {type: text, default: null, meaning: "the initials of a coder; left out, all coders"}
// returns:
//   code: the code, as text
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   codebook_sheet: the number of its sheet
//   organisation_kind: the kind of organisation that the speaker belongs to; empty where it is not recorded
//   passages: number of passages
//   people: "who speaks in them: the speaker, else who was interviewed"
//   claims: ids of the links from passages to the code
// example: {sheet: "6"}
// labels: {organisation_kind: organisation_kind}

MATCH (k:Code {study: $study})
WHERE $sheet IS NULL OR k.codebook_sheet = $sheet
CALL (k) {
  MATCH (k)<-[r:CODED_AS]-(x:Extract)
  WHERE $coder IS NULL OR r.coder = $coder
  RETURN r, x
}

// where: where the source belongs, else its meeting, else what the passage is about
OPTIONAL MATCH (x)-[:FROM]->(source:DataSource)
OPTIONAL MATCH (source)-[:IN_CASE]->(own:CaseStudy)
OPTIONAL MATCH (source)-[:OF_MEETING]->(:Meeting)-[:IN_CASE]->(met:CaseStudy)
OPTIONAL MATCH (x)-[:ABOUT]->()-[:IN_CASE]->(about:CaseStudy)
WITH k, r, x, source, coalesce(own, met, about) AS c
WHERE $case IS NULL OR c.id = $case
OPTIONAL MATCH (c)-[:AT_SITE]->(site:Site)
WITH DISTINCT k, r, x, source, site
WHERE $site IS NULL OR site.id = $site

// who speaks: a passage that names another speaker is not taken as the interviewee's words
OPTIONAL MATCH (speaker:Actor {id: coalesce(x.spoken_by, '')})
OPTIONAL MATCH (source)-[:WITH_ACTOR]->(interviewee:Actor)
WITH k, r, x, coalesce(speaker, CASE WHEN x.speaker IS NULL THEN interviewee END) AS who
OPTIONAL MATCH (who)-[:MEMBER_OF]->(o:Organisation)
WITH k, o.kind AS organisation_kind, count(DISTINCT x) AS passages, collect(DISTINCT who.name) AS people,
     collect(DISTINCT r.id) AS claims
RETURN k.code AS code, k.id AS code_id, k.label AS label, k.codebook_sheet AS codebook_sheet, organisation_kind,
       passages, COLLECT { UNWIND people AS each RETURN each ORDER BY each } AS people,
       COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code, organisation_kind
