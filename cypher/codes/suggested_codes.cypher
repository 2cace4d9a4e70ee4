// title: Codes that forms suggest, and whether they are used
// question: Which answers have a code that the form suggests for their question?
// params:
//   study: {type: text, meaning: the study's id}
//   sheet: {type: text, default: null, meaning: "the number of a sheet of the codebook; left out, all sheets"}
// returns:
//   question: the question of a form
//   code: a code that the form suggests for it
//   code_id: its id
//   label: its label; empty where the label was not recovered
//   answers: number of answers to the question in words
//   passages: number of them that have the code
//   elsewhere: number of other passages that have it
//   claims: ids of the links from these answers to the code
// example: {sheet: "3"}
// labels: {question: form_question}

CALL () {
  MATCH (y:Extract {study: $study})
  WHERE y.answer_status = 'answered'
  WITH y.instrument_field AS field, count(*) AS number
  RETURN collect({field: field, number: number}) AS told
}
MATCH (k:Code {study: $study})
WHERE $sheet IS NULL OR k.codebook_sheet = $sheet
UNWIND k.suggested_for AS question
OPTIONAL MATCH (k)<-[r:CODED_AS]-(x:Extract)
WITH told, question, k, x, r,
     coalesce(x.instrument_field = question OR x.instrument_field STARTS WITH question + '.', false) AS asked
WITH told, question, k, count(DISTINCT CASE WHEN asked THEN x END) AS passages,
     count(DISTINCT CASE WHEN NOT asked THEN x END) AS elsewhere,
     collect(DISTINCT CASE WHEN asked THEN r.id END) AS claims
RETURN question, k.code AS code, k.id AS code_id, k.label AS label,
       reduce(sum = 0, t IN told | sum + CASE WHEN t.field = question OR t.field STARTS WITH question + '.'
                                              THEN t.number ELSE 0 END) AS answers,
       passages, elsewhere, COLLECT { UNWIND claims AS id RETURN id ORDER BY id } AS claims
ORDER BY question, toInteger(split(code, '.')[0]), toInteger(split(code, '.')[1]), code
