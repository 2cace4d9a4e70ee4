// title: What a document cites and what cites it, directly and at further removes
// question: 8. What does it cite, and what cites it, to any depth; how much of that is about ethnicity?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   strand: {type: text, vocabulary: equality_strand, open: true, default: ethnicity, meaning: the equality strand of evidence that is on it by itself}
// returns:
//   direction: cites, or is cited by
//   thing: the document, evidence or driver at the other end
//   thing_id: its id
//   thing_kind: its kind
//   steps: the smallest number of citations between them
//   about_ethnicity: yes (a citation is ethnicity-specific or both, or the evidence is on ethnicity), no, not known
//   purposes: what it is cited for, in the words of the claims
//   locality: local, national or elsewhere, in the words of the claims
//   sources: how many sources say so
//   claims: ids of the citations on the way to it
// example: {document: D08}
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
     collect(DISTINCT r.purpose) AS purposes, collect(DISTINCT r.locality) AS locality,
     count(DISTINCT r.source) AS sources, collect(r.id) AS claims
RETURN direction, thing.name AS thing, thing.id AS thing_id, labels(thing)[0] AS thing_kind, steps,
       CASE WHEN any(a IN about WHERE a IN ['ethnicity_specific', 'both', $strand]) THEN 'yes'
            WHEN any(a IN about WHERE a IN ['general', 'other']) THEN 'no' ELSE 'not known' END AS about_ethnicity,
       purposes, locality, sources, claims
ORDER BY direction, steps, thing_id
