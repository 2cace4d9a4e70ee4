// title: How an interview is coded
// question: none of its own; fills in a coding workbook
// params:
//   id: {type: text, meaning: the id of the interview or other source}
// returns:
//   coder: who coded it, by initials; empty where that is not recorded
//   code: the code as the coder wrote it
//   text: the passage
//   place: its place
//   coded_at: when, as written
//   remark: what the coder remarked
MATCH (s:DataSource {id: $id})<-[:FROM]-(x:Extract)-[r:CODED_AS]->(k:Code)
RETURN r.coder AS coder, coalesce(r.coded_as, k.code) AS code, x.text AS text, x.locator AS place, r.coded_at AS coded_at,
       r.remark AS remark
ORDER BY coder, code, place, text
