// title: Where sources disagree on the journey of a document or piece of evidence
// question: 14. Do two sources tell its story differently, and where exactly?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, meaning: the id of the document or piece of evidence}
//   modes:
//     type: list
//     vocabulary: mode
//     terms: [not_stated]
//     default: all but derived
//     meaning: how a claim was noted
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
//   sides: {type: map, default: sides of claim kinds, meaning: "the side that each kind of claim takes"}
// returns:
//   differ_on: who (did it), when (it was done), whether (it happened) or stance (on which side somebody stood)
//   what: the kind of claim; empty for a stance
//   who: where the claim starts; empty where that is the question
//   to_whom: where the claim ends
//   meeting: the meeting that it is about
//   aspect: the aspect, criterion or issue that the answer names; claims on different aspects do not contradict each other
//   answer: one of the answers that differ
//   according_to: the sources; where a claim names none, the file that it was written in
//   sources: how many sources say so
//   claims: ids of the claims that give this answer; `journeys trace` says the same in sentences
// labels: {aspect: [appraisal_criterion, issue, responsibility]}
// example: {document: D07}
// boxes:
//   - document_extraction_template.reflects_wider_discourse

// the document or piece of evidence
CALL () {
  MATCH (d:Document {id: $document, study: $study}) RETURN d AS item
  UNION
  MATCH (e:Evidence {id: $document, study: $study}) RETURN e AS item
}

// everything that is said of it, whose word it is, and what the answers to the four questions are
MATCH (item)-[r]-()
WHERE type(r) <> 'WITHDRAWN' AND r.mode IN $modes AND r.confidence IN $confidences
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
WITH item, r, coalesce(s.name, s.id, r.file) AS said_by, type(r) STARTS WITH 'NOT_' AS not_so
ORDER BY said_by, r.id
WITH item, collect({
  claim: r, what: CASE WHEN not_so THEN substring(type(r), 4) ELSE type(r) END,
  start: startNode(r), end: endNode(r), at: r.at_meeting, not_so: not_so,
  from: r.date_from, to: r.date_to, role: r.role, voice: coalesce(r.source, r.file, ''), said_by: said_by,
  side: $sides[CASE WHEN not_so THEN substring(type(r), 4) ELSE type(r) END],
  // what is said in general and what is said of ethnicity only do not contradict each other
  aspect: r.aspect_key, scope: CASE WHEN r.scope IN ['general', 'ethnicity_specific'] THEN r.scope END
}) AS told
CALL (item, told) {
  // who did what has one answer: two voices each name somebody that the other does not
  UNWIND told AS t
  WITH item, t
  WHERE NOT t.not_so AND t.end = item
    AND (t.what IN ['AUTHORED', 'COMMISSIONED', 'GENERATED'] OR t.what = 'INTRODUCED' AND t.at IS NOT NULL)
  WITH t.what AS what, CASE t.what WHEN 'INTRODUCED' THEN t.at END AS at, collect(t) AS same
  UNWIND same AS t
  WITH what, at, same, t
  WHERE any(o IN same WHERE o.voice <> t.voice AND o.start <> t.start
            AND (what <> 'AUTHORED' OR coalesce(o.role, t.role, '') = coalesce(t.role, o.role, ''))
            AND NOT any(x IN same WHERE x.voice = o.voice AND x.start = t.start)
            AND NOT any(x IN same WHERE x.voice = t.voice AND x.start = o.start))
  RETURN 'who' AS differ_on, what, null AS who, t.end.name AS to_whom, at, t.start.name AS answer, t
  UNION ALL
  // when: two voices date one happening so that no day is common
  UNWIND told AS t
  WITH t
  WHERE NOT t.not_so AND coalesce(t.from, t.to) IS NOT NULL
  WITH t.what AS what, t.start AS start, t.end AS end, collect(t) AS happened, collect(DISTINCT t.at) AS meetings
  WITH *, size(meetings) < 2 AND what IN ['AUTHORED', 'COMMISSIONED', 'GENERATED', 'INTRODUCED', 'SENT_TO'] AS once
  // what happens often is compared at one meeting: without a meeting, another day is another act
  UNWIND happened AS t
  WITH * WHERE once OR t.at IS NOT NULL
  WITH what, start, end, once, t, [x IN happened WHERE once OR coalesce(x.at, '') = coalesce(t.at, '')] AS same
  WHERE any(o IN same WHERE o.voice <> t.voice AND coalesce(o.aspect = t.aspect, true)
            AND all(x IN same WHERE x.voice <> t.voice
                    OR all(y IN same WHERE y.voice <> o.voice OR coalesce(x.aspect <> y.aspect, false)
                                           OR coalesce(x.to < y.from OR y.to < x.from, false))))
  RETURN 'when' AS differ_on, what, start.name AS who, end.name AS to_whom, t.at AS at,
         CASE WHEN t.claim.date_text IS NOT NULL THEN t.claim.date_text WHEN t.from = t.to THEN toString(t.from)
              ELSE coalesce(toString(t.from), '') + '/' + coalesce(toString(t.to), '') END AS answer, t
  UNION ALL
  // whether: reported to have happened and not to, at the same meeting or at all, and at times that may be the same
  UNWIND told AS t
  WITH t.what AS what, t.start AS start, t.end AS end, collect(t) AS same
  UNWIND same AS t
  WITH what, start, end, same, t
  WHERE any(o IN same WHERE o.not_so <> t.not_so
            AND CASE WHEN t.not_so THEN t.at IS NULL OR coalesce(t.at = o.at, false)
                     ELSE o.at IS NULL OR coalesce(t.at = o.at, false) END
            AND CASE WHEN t.not_so THEN t.aspect IS NULL OR coalesce(t.aspect = o.aspect, false)
                     ELSE o.aspect IS NULL OR coalesce(t.aspect = o.aspect, false) END
            AND coalesce(o.scope = t.scope, true) AND NOT coalesce(t.to < o.from OR o.to < t.from, false))
  RETURN 'whether' AS differ_on, what, start.name AS who, end.name AS to_whom, t.at AS at,
         CASE WHEN t.not_so THEN 'reported not to have happened' ELSE 'reported to have happened' END AS answer, t
  UNION ALL
  // stance: supporting by one voice and contesting by another, at the same meeting, on what may be one aspect; a voice
  // that tells of both contradicts nobody (where both name the aspect, if it does so on that aspect)
  UNWIND told AS t
  WITH t
  WHERE NOT t.not_so AND t.at IS NOT NULL AND t.side IS NOT NULL
  WITH t.start AS start, t.end AS end, t.at AS at, collect(t) AS same
  UNWIND same AS t
  WITH start, end, at, same, t
  WHERE any(o IN same WHERE o.voice <> t.voice AND o.side <> t.side AND coalesce(o.aspect = t.aspect, true)
            AND coalesce(o.scope = t.scope, true)
            AND NOT any(x IN same WHERE x.voice = o.voice AND x.side = t.side AND coalesce(x.scope = t.scope, true)
                        AND coalesce(x.aspect = t.aspect, NOT coalesce(o.aspect = t.aspect, false)))
            AND NOT any(x IN same WHERE x.voice = t.voice AND x.side = o.side AND coalesce(x.scope = o.scope, true)
                        AND coalesce(x.aspect = o.aspect, NOT coalesce(o.aspect = t.aspect, false))))
  RETURN 'stance' AS differ_on, null AS what, start.name AS who, end.name AS to_whom, at, t.side AS answer, t
}
OPTIONAL MATCH (m:Meeting {id: coalesce(at, '')})
RETURN differ_on, toLower(replace(what, '_', ' ')) AS what, who, to_whom, coalesce(m.name, m.id) AS meeting,
       coalesce(t.claim.aspect, t.claim.criterion, t.claim.issue, t.claim.about, t.claim.for) AS aspect, answer,
       collect(DISTINCT t.said_by) AS according_to, count(DISTINCT t.claim.source) AS sources,
       collect(t.claim.id) AS claims
ORDER BY differ_on, what, who, to_whom, meeting, answer, aspect
