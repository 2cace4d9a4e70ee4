// title: What forms answer in words to some of their questions
// question: 1, 2, 3, 8, 12, 26, 35, 45. What do the boxes of the forms say?
// params:
//   study: {type: text, meaning: the study's id}
//   fields: {type: list, meaning: "the questions, as instrument and field: what stands in parts of a field too"}
//   about: {type: text, default: null, meaning: the id of what it is about}
//   site: {type: text, default: null, meaning: the id of a site}
//   case: {type: text, default: null, meaning: the id of a case study}
// returns:
//   about: the name of what the answer is about
//   about_id: its id
//   field: the question, as instrument and field
//   scope: general, ethnicity_specific or not_stated
//   status: answered, nothing_found, not_known_yet or not_asked
//   text: the answer; empty where there is none
//   file: where it was written
//   sheet: the sheet
//   cell: the cell
MATCH (x:Extract {study: $study})
WHERE any(f IN $fields WHERE x.instrument_field = f OR x.instrument_field STARTS WITH f + '.')
  // the parts of a passage that was told apart are in the whole
  AND x.passage IS NULL
MATCH (x)-[:ABOUT]->(thing)
WHERE ($about IS NULL OR thing.id = $about)
  AND ($case IS NULL OR thing.id = $case OR EXISTS { (thing)-[:OF_ARENA|IN_CASE*1..2]->(:CaseStudy {id: $case}) })
  AND ($site IS NULL OR thing.id = $site OR EXISTS { (thing)-[:OF_ARENA|IN_CASE|AT_SITE*1..3]->(:Site {id: $site}) })
RETURN DISTINCT thing.name AS about, thing.id AS about_id, x.instrument_field AS field, x.scope AS scope,
       x.answer_status AS status, CASE x.answer_status WHEN 'answered' THEN x.text END AS text,
       x.file AS file, x.sheet AS sheet, x.cell AS cell
ORDER BY about, about_id, field, scope, cell
