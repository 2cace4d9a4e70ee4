// title: Everything that is to be followed up
// question: none of its own; the list of follow-ups
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   id: the id of what is to be followed up
//   kind: follow_up, gap or confusion; not_known, for an answer that is still to be found out; document, to be sourced
//   words: what is to be followed up; the question, for an answer that is not known yet; the title of a document
//   plan: what will be done
//   scope: the scope of an answer that is not known yet
//   cases: the case studies it belongs to, each with id and name
//   about: what or whom it is about, each with id, label and name
//   state: open, in_progress or closed
//   owner: who follows it up
//   due: when it should be done, in words
//   due_from: the first day of that date
//   due_to: the last day of that date
//   word: what came of it
//   file: the file it is written in
//   sheet: the sheet, or the section of a text form
//   cell: the cell or line
// labels: {kind: finding_kind, state: follow_up_state, scope: scope}

CALL () {
  MATCH (n:Finding {study: $study})
  WHERE n.kind IN ['follow_up', 'gap', 'confusion'] AND n.row_id IS NULL
  RETURN n, n.kind AS kind, n.text AS words
  UNION ALL
  MATCH (n:Extract {study: $study})
  WHERE n.answer_status = 'not_known_yet'
  RETURN n, 'not_known' AS kind, n.instrument_field AS words
  UNION ALL
  MATCH (n:Document {study: $study})
  WHERE n.archive_status IN ['requested', 'mentioned_only']
  RETURN n, 'document' AS kind, n.name AS words
}
RETURN n.id AS id, kind, words, n.plan AS plan, n.scope AS scope,
       COLLECT { MATCH (n)-[:IN_CASE]->(c:CaseStudy) RETURN c {.id, .name} }
         + COLLECT { MATCH (n)-[:ABOUT]->()-[:IN_CASE]->(c:CaseStudy) WHERE n.answer_status IS NOT NULL
                     RETURN DISTINCT c {.id, .name} } AS cases,
       COLLECT { MATCH (n)-[:ABOUT]->(a) RETURN a {.id, .name, label: labels(a)[0]} } AS about,
       n.follow_up_state AS state, n.follow_up_owner AS owner, n.follow_up_due_text AS due,
       n.follow_up_due_from AS due_from, n.follow_up_due_to AS due_to, n.follow_up_word AS word,
       n.file AS file, n.sheet AS sheet, n.cell AS cell
ORDER BY file, sheet, cell, id
