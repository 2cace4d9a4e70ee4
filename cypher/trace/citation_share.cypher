// title: The share about ethnicity in what a document cites, and in what cites it
// question: 8. How much of what it cites, and of what cites it, is about ethnicity?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   direction: cites, or is cited by
//   directly: how many things it cites, or is cited by, directly
//   directly_about: how many of them are about ethnicity (a citation says so, or the evidence is on ethnicity)
//   directly_known: for how many of them this is known
//   at_any_remove: how many things there are in this direction altogether
//   about: how many of these are about ethnicity
//   known: for how many of these it is known
//   share: about / known; empty where it is known for none
//   sources: how many sources say so
//   claims: ids of all the citations
// example: {document: D07}
// boxes:
//   - document_extraction_template.sources_cited

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// the citations of the study, as they are followed in either direction
WITH item, COLLECT {
  MATCH (d:Document {study: $study})-[r:CITED]->(cited)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {citing: d, cited: cited, claim: r} ORDER BY r.id
} AS citations
UNWIND ['cites', 'is cited by'] AS direction
WITH item, direction, [c IN citations | CASE direction
  WHEN 'cites' THEN {from: c.citing, to: c.cited, claim: c.claim}
  ELSE {from: c.cited, to: c.citing, claim: c.claim} END] AS links

// what is reached in one step, in two, and so on until nothing new is
WITH direction, links, reduce(levels = [[item]], step IN range(1, size(links)) | CASE last(levels) WHEN [] THEN levels
  ELSE levels + [[l IN links WHERE l.from IN last(levels) AND none(level IN levels WHERE l.to IN level) | l.to]]
  END) AS levels
WITH *, COLLECT {
  UNWIND range(1, size(levels) - 1) AS steps
  UNWIND levels[steps] AS thing
  RETURN DISTINCT {thing: thing, steps: steps}
} AS reached

// the citations by which each is reached
UNWIND reached AS one
WITH direction, one.thing AS thing, one.steps AS steps,
     [l IN links WHERE l.to = one.thing AND any(level IN levels WHERE l.from IN level) | l.claim] AS by
UNWIND by AS r
WITH direction, thing, steps, collect(DISTINCT r.scope) + collect(DISTINCT thing.equality_strand) AS about,
     collect(r) AS by
WITH direction, steps = 1 AS direct, by,
     CASE WHEN any(a IN about WHERE a IN ['ethnicity_specific', 'both', $strand]) THEN 'yes'
          WHEN any(a IN about WHERE a IN ['general', 'other']) THEN 'no' END AS about

// a row a citation; each thing counts with its first
UNWIND range(0, size(by) - 1) AS n
WITH direction, n = 0 AS first, direct, about, by[n] AS r
ORDER BY r.id
WITH direction, count(CASE WHEN first AND direct THEN 1 END) AS directly,
     count(CASE WHEN first AND direct AND about = 'yes' THEN 1 END) AS directly_about,
     count(CASE WHEN first AND direct THEN about END) AS directly_known,
     count(CASE WHEN first THEN 1 END) AS at_any_remove, count(CASE WHEN first AND about = 'yes' THEN 1 END) AS about,
     count(CASE WHEN first THEN about END) AS known, count(DISTINCT r.source) AS sources, collect(r.id) AS claims
RETURN direction, directly, directly_about, directly_known, at_any_remove, about, known,
       CASE WHEN known > 0 THEN toFloat(about) / known END AS share, sources, claims
ORDER BY direction
