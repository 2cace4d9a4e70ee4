// title: What a document cites and what cites it, directly and at further removes
// question: 8. What does it cite, and what cites it, to any depth; how much of that is about ethnicity?
// params:
//   study: text, the study's id
//   document: text, the id of the document or piece of evidence
//   modes: list = ["verbatim", "paraphrase", "researcher_comment", "interpretive", "not_stated"], how a claim was noted
//   confidences: list = ["high", "medium", "low", "not_judged"], how sure the researcher is
// returns:
//   direction: cites, or is cited by
//   thing: the document, evidence or driver at the other end
//   thing_id: its id
//   thing_kind: its kind
//   steps: the least number of citations on the way; followed up to 8
//   goes_on: whether citations beyond those 8 are not followed
//   about_ethnicity: yes (a citation is ethnicity-specific or both, or the evidence is on ethnicity), no, not known
//   n_about: how many things in this direction are about ethnicity
//   n_known: of how many it is known
//   n_all: how many things there are in this direction
//   purposes: what it is cited for, as the claims put it
//   locality: local, national or elsewhere, as the claims put it
//   sources: how many sources say so
//   claims: ids of the citations that lead to it, from the document or from what lies between
// example: document=D08

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// in both directions, what is reached in how many citations
CALL (item) {
  MATCH (item)-[path:CITED*1..8]->(thing)
  WHERE all(r IN path WHERE
    coalesce(r.status, 'stated') <> 'withdrawn'
      AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(r.negated, false))
  RETURN 'cites' AS direction, thing, min(size(path)) AS steps
  UNION ALL
  MATCH (item)<-[path:CITED*1..8]-(thing)
  WHERE all(r IN path WHERE
    coalesce(r.status, 'stated') <> 'withdrawn'
      AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
    AND NOT coalesce(r.negated, false))
  RETURN 'is cited by' AS direction, thing, min(size(path)) AS steps
}
WITH item, direction, thing, steps
WHERE thing <> item
WITH item, direction, collect({thing: thing, steps: steps}) AS reached

// the citations by which each is reached
UNWIND reached AS one
WITH item, direction, reached, one, one.thing AS thing
MATCH (thing)-[r:CITED]-(other)
WHERE (other = item OR any(x IN reached WHERE x.thing = other)) AND (direction = 'cites') = (endNode(r) = thing)
  AND coalesce(r.status, 'stated') <> 'withdrawn'
  AND coalesce(r.mode, 'not_stated') IN $modes AND coalesce(r.confidence, 'not_judged') IN $confidences
  AND NOT coalesce(r.negated, false)
WITH direction, thing, one.steps AS steps, r
ORDER BY r.id
WITH direction, thing, steps, collect(DISTINCT r.scope) + collect(DISTINCT thing.equality_strand) AS about,
     collect(DISTINCT r.purpose) AS purposes, collect(DISTINCT r.locality) AS locality,
     count(DISTINCT r.source) AS sources, collect(r.id) AS claims
WITH direction, collect({
  thing: thing, steps: steps, purposes: purposes, locality: locality, sources: sources, claims: claims,
  about: CASE WHEN any(a IN about WHERE a IN ['ethnicity_specific', 'both', 'ethnicity']) THEN 'yes'
              WHEN any(a IN about WHERE a IN ['general', 'other']) THEN 'no' ELSE 'not known' END
}) AS found
UNWIND found AS one
WITH direction, found, one, one.thing AS thing
RETURN direction, thing.name AS thing, thing.id AS thing_id, labels(thing)[0] AS thing_kind, one.steps AS steps,
       one.steps = 8 AND CASE direction WHEN 'cites' THEN EXISTS { (thing)-[:CITED]->() }
                                        ELSE EXISTS { (thing)<-[:CITED]-() } END AS goes_on,
       one.about AS about_ethnicity, size([x IN found WHERE x.about = 'yes']) AS n_about,
       size([x IN found WHERE x.about <> 'not known']) AS n_known, size(found) AS n_all,
       one.purposes AS purposes, one.locality AS locality, one.sources AS sources, one.claims AS claims
ORDER BY direction, steps, thing_id
