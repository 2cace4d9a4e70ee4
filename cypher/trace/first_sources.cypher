// title: What a document is based on, and where the chain back to a first source breaks
// question: 9. Which evidence in it can be followed back to its first source, and where does the chain break?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   thing: evidence presented or cited in it, or in what it cites at any remove; or a document that cites nothing
//   thing_id: its id
//   thing_kind: its kind
//   steps: the smallest number of citations and presentations between them
//   chain: first source known (its maker is named), known only who obtained it, maker not known; or nothing under it
//   made_by: who generated it
//   obtained_by: who obtained it
//   found_in: the documents between that present or cite it
//   held: whether the team holds it, for a document
//   sources: how many sources say so
//   claims: ids of the claims that lead to it, and of those on who made or obtained it
// example: {document: D07}
// boxes:
//   - document_extraction_template.ethnicity_evidence_presented
//   - document_extraction_template.sources_cited
// labels: {held: archive_status}

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// it, and what it cites in one step, in two, and so on until nothing new is
WITH item, COLLECT {
  MATCH (d:Document {study: $study})-[r:CITED]->(cited)
  WHERE r.mode IN $modes AND r.confidence IN $confidences AND NOT cited:Driver
  RETURN {from: d, to: cited}
} AS links
WITH reduce(levels = [[item]], step IN range(1, size(links)) | CASE last(levels) WHEN [] THEN levels
  ELSE levels + [[l IN links WHERE l.from IN last(levels) AND none(level IN levels WHERE l.to IN level) | l.to]]
  END) AS levels
UNWIND range(0, size(levels) - 1) AS steps
UNWIND levels[steps] AS paper
WITH DISTINCT paper, steps
WITH collect(paper) AS papers, collect({paper: paper, steps: steps}) AS reached

// the ends: evidence cited, evidence presented, and documents that neither cite nor present any
CALL (reached) {
  UNWIND reached AS one
  WITH one, one.paper AS paper
  WHERE paper:Evidence OR NOT EXISTS {
    MATCH (paper)-[r:CITED]->(next)
    WHERE r.mode IN $modes AND r.confidence IN $confidences AND NOT next:Driver
  } AND NOT EXISTS {
    MATCH (paper)<-[r:PRESENTED_IN]-(:Evidence)
    WHERE r.mode IN $modes AND r.confidence IN $confidences
  }
  RETURN paper AS thing, one.steps AS steps
  UNION
  UNWIND reached AS one
  WITH one, one.paper AS paper
  MATCH (paper)<-[r:PRESENTED_IN]-(thing:Evidence)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN thing, one.steps + 1 AS steps
}
WITH papers, thing, min(steps) AS steps

// how they are reached, and who made or obtained them
WITH thing, steps, COLLECT {
  MATCH (thing)-[r:CITED|PRESENTED_IN]-(paper:Document)
  WHERE paper IN papers AND (type(r) = 'PRESENTED_IN') = (startNode(r) = thing)
    AND r.mode IN $modes AND r.confidence IN $confidences
  RETURN {name: paper.name, source: r.source, claim: r.id} ORDER BY paper.name, r.id
} AS links, COLLECT {
  MATCH (thing)<-[r:GENERATED|ACCESSED]-(who)
  WHERE r.mode IN $modes AND r.confidence IN $confidences
  RETURN {name: who.name, made: type(r) = 'GENERATED', source: r.source, claim: r.id} ORDER BY who.name, r.id
} AS makers
RETURN thing.name AS thing, thing.id AS thing_id, labels(thing)[0] AS thing_kind, steps,
       CASE WHEN thing:Document THEN 'nothing under it' WHEN any(m IN makers WHERE m.made) THEN 'first source known'
            WHEN size(makers) > 0 THEN 'known only who obtained it' ELSE 'maker not known' END AS chain,
       COLLECT { UNWIND COLLECT { UNWIND makers AS m WITH m WHERE m.made RETURN DISTINCT m.name AS t } AS t
                 RETURN t ORDER BY t } AS made_by,
       COLLECT { UNWIND COLLECT { UNWIND makers AS m WITH m WHERE NOT m.made RETURN DISTINCT m.name AS t } AS t
                 RETURN t ORDER BY t } AS obtained_by,
       COLLECT { UNWIND COLLECT { UNWIND links AS l RETURN DISTINCT l.name AS t } AS t
                 RETURN t ORDER BY t } AS found_in,
       thing.archive_status AS held,
       COUNT { UNWIND links + makers AS x WITH x WHERE x.source IS NOT NULL RETURN DISTINCT x.source } AS sources,
       [x IN links + makers | x.claim] AS claims
ORDER BY steps, thing_id
