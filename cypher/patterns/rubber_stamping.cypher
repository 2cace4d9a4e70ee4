// title: Meetings that rubber-stamp, and whether evidence came before them or after
// question: 36. Which meetings rubber-stamp, and does evidence enter before or after them?
// params:
//   study: {type: text, meaning: the study's id}
//   meeting_mode:
//     type: text
//     vocabulary: meeting_mode
//     open: true
//     default: rubber_stamping
//     meaning: the main purpose of the meetings
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
//   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
//   confidences: {type: list, vocabulary: confidence, default: all, meaning: how sure the researcher is}
// returns:
//   site: the site; empty for a meeting that belongs to none
//   site_id: its id
//   meeting: the meeting
//   meeting_id: its id
//   meeting_from: the earliest possible day of the meeting
//   meeting_to: the latest possible day of the meeting
//   kind: Evidence or Document; empty where the meeting is linked to none
//   piece: a piece of evidence or document
//   piece_id: its id
//   tie: "how it is linked to the meeting: at the meeting, for a decision taken there, or in its case study"
//   entered_from: the earliest possible day on which anybody first saw it; empty where an entry is undated
//   entered_to: the latest possible such day
//   order: it entered certainly before, certainly after, on the same day, possibly before or after, or not known
//   said: before or after the decision, where a source says so of what it was used to justify
//   sources: how many sources say so
//   dated_entries: number of entries that have a date
//   claims: ids of the claims that link it to the meeting, and of its entries
// example: {site: west}
// labels: {said: before_or_after}

// the meetings, and what has to do with them
CALL () {
  MATCH (m:Meeting {study: $study}) WHERE m.mode = $meeting_mode RETURN m, null AS x, null AS tie, null AS r, null AS by
  UNION
  MATCH (x:Evidence {study: $study})-[r]-()
  WHERE r.at_meeting IS NOT NULL AND NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
  MATCH (m:Meeting {id: coalesce(r.at_meeting, '')}) WHERE m.study = $study AND m.mode = $meeting_mode
  RETURN m, x, 'at the meeting' AS tie, r, null AS by
  UNION
  MATCH (x:Document {study: $study})-[r]-()
  WHERE r.at_meeting IS NOT NULL AND NOT type(r) STARTS WITH 'NOT_' AND type(r) <> 'WITHDRAWN'
  MATCH (m:Meeting {id: coalesce(r.at_meeting, '')}) WHERE m.study = $study AND m.mode = $meeting_mode
  RETURN m, x, 'at the meeting' AS tie, r, null AS by
  UNION
  MATCH (m:Meeting {study: $study})<-[r:TABLED_AT|SENT_TO]-(x:Document) WHERE m.mode = $meeting_mode
  RETURN m, x, 'at the meeting' AS tie, r, null AS by
  UNION
  MATCH (m:Meeting {study: $study})<-[by:ARISES_FROM]-(:Action)<-[r:USED_TO_JUSTIFY|INFLUENCED|RECOMMENDS]-(x)
  WHERE m.mode = $meeting_mode RETURN m, x, 'for a decision of it' AS tie, r, by
  UNION
  MATCH (m:Meeting {study: $study})-[:IN_CASE]->(:CaseStudy)<-[r:IN_CASE]-(x)
  WHERE m.mode = $meeting_mode AND labels(x)[0] IN ['Evidence', 'Document']
  RETURN m, x, 'in its case study' AS tie, r, null AS by
}
WITH m, x, tie, r, by
WHERE all(c IN [r, by] WHERE c IS NULL OR type(c) = 'IN_CASE' OR c.mode IN $modes AND c.confidence IN $confidences)
  AND ($case IS NULL
       OR EXISTS { (m)-[:IN_CASE]->(:CaseStudy {id: $case}) })
WITH m, x, collect(DISTINCT tie) AS ties, collect(DISTINCT r) + collect(DISTINCT by) AS tied
WITH m, collect({x: x, ties: ties, tied: tied}) AS found
OPTIONAL MATCH (m)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT m, site, found
WHERE $site IS NULL OR site.id = $site
UNWIND CASE WHEN any(f IN found WHERE f.x IS NOT NULL) THEN [f IN found WHERE f.x IS NOT NULL] ELSE found END AS f
WITH m, site, f.x AS x, f.tied AS tied,
     CASE WHEN 'at the meeting' IN f.ties THEN 'at the meeting'
          WHEN 'for a decision of it' IN f.ties THEN 'for a decision of it' ELSE head(f.ties) END AS tie

// when it entered: the first time it came before anybody; a word without a date adds nothing to one with a date
WITH x, collect({m: m, site: site, tie: tie, tied: tied}) AS meetings
CALL (x) {
  OPTIONAL MATCH (x)-[e:INTRODUCED|TABLED_AT|SENT_TO|MADE_AWARE_OF|REFERRED_TO|RECEIVED|APPRAISED|CONTESTED|SUPPORTED|
                       CHAMPIONED|USED]-(other)
  WHERE NOT labels(other)[0] IN ['Document', 'Evidence']
    AND e.mode IN $modes AND e.confidence IN $confidences
  WITH DISTINCT e, other,
       // a document that was tabled at a meeting, or sent to it, came on its day
       CASE WHEN coalesce(e.date_from, e.date_to) IS NULL AND other:Meeting THEN other ELSE e END AS dates
  WITH type(e) AS did, other,
       collect(CASE WHEN e IS NOT NULL THEN {id: e.id, source: e.source, first: dates.date_from, last: dates.date_to}
               END) AS told
  WITH told, [t IN told WHERE coalesce(t.first, t.last) IS NOT NULL] AS dated
  WITH reduce(all = [], t IN collect(told) | all + t) AS entries,
       reduce(all = [], t IN collect(CASE dated WHEN [] THEN told ELSE dated END) | all + t) AS words
  RETURN [e IN entries | e.id] AS entries, [e IN entries WHERE e.source IS NOT NULL | e.source] AS said_by,
         size([e IN entries WHERE coalesce(e.first, e.last) IS NOT NULL]) AS dated_entries,
         CASE WHEN all(e IN words WHERE e.first IS NOT NULL)
              THEN reduce(d = null, e IN words | CASE WHEN e.first > d THEN d ELSE e.first END) END AS entered_from,
         reduce(d = null, e IN words | CASE WHEN e.last > d OR e.last IS NULL THEN d ELSE e.last END) AS entered_to
}
UNWIND meetings AS at
WITH at.m AS m, at.site AS site, at.tie AS tie, at.tied AS tied, x, entries, said_by, dated_entries, entered_from,
     entered_to
RETURN site.name AS site, site.id AS site_id, m.name AS meeting, m.id AS meeting_id,
       m.date_from AS meeting_from, m.date_to AS meeting_to,
       CASE WHEN x:Evidence THEN 'Evidence' WHEN x:Document THEN 'Document' END AS kind,
       x.name AS piece, x.id AS piece_id, tie,
       entered_from, entered_to,
       CASE WHEN x IS NULL THEN null
            WHEN coalesce(entered_from, entered_to) IS NULL OR coalesce(m.date_from, m.date_to) IS NULL THEN 'not known'
            WHEN entered_to < m.date_from THEN 'certainly before'
            WHEN entered_from > m.date_to THEN 'certainly after'
            WHEN entered_from = entered_to AND m.date_from = m.date_to THEN 'on the same day'
            ELSE 'possibly before or after' END AS order,
       CASE WHEN any(r IN tied WHERE r.before_or_after_decision IS NOT NULL)
            THEN COLLECT { UNWIND COLLECT { UNWIND tied AS r WITH r WHERE r.before_or_after_decision IS NOT NULL
                                            RETURN DISTINCT r.before_or_after_decision AS said } AS said
                           RETURN said ORDER BY said }
            ELSE [] END AS said,
       COUNT { UNWIND said_by + [r IN tied WHERE r.source IS NOT NULL | r.source] AS source
               RETURN DISTINCT source } AS sources,
       dated_entries,
       COLLECT { UNWIND COLLECT { UNWIND entries + [r IN tied | r.id] AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY site, site_id, coalesce(meeting_to, meeting_from), meeting, meeting_id, tie, kind DESC, piece, piece_id
