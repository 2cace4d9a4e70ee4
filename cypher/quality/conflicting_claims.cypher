// title: Where sources disagree, and no claim has been withdrawn
// question: 38. Which claims conflict and are still open?
// params:
//   study: {type: text, meaning: the study's id}
//   document: {type: text, default: null, meaning: only conflicts that touch this document or piece of evidence}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   sides: {type: map, default: sides of claim kinds, meaning: "the side that each kind of claim takes"}
// returns:
//   conflict: who (did it), when, whether (it happened), or stance (supported or contested)
//   did: the kind of claim; for a stance, supported or contested
//   who: who did it; empty where that is what differs
//   who_id: their id
//   what: to what
//   what_id: its id
//   meeting: the meeting it is about
//   accounts: what each source says, with the aspect that it names; where no source is named, the form's name
//   sources: how many sources say so
//   claims: ids of the claims that conflict
// example: {document: "demo:document:north.diabetes.D07"}

CALL () {
  // what one is told to have done to another
  CALL () {
    MATCH (a:Actor {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Arena {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Organisation {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Document {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Evidence {study: $study}) RETURN a
    UNION ALL
    MATCH (a:CaseStudy {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Driver {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Factor {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Action {study: $study}) RETURN a
    UNION ALL
    MATCH (a:Understanding {study: $study}) RETURN a
  }
  MATCH (a)-[r]->(b)
  WHERE r.mode <> 'derived' AND type(r) <> 'WITHDRAWN' AND ($document IS NULL OR $document IN [a.id, b.id])
  WITH a, b, r, NOT type(r) STARTS WITH 'NOT_' AS so
  // whose word it is: its source, or the file it was written in when no source is named
  WITH a AS who, b AS what, collect({
    r: r, did: CASE WHEN so THEN type(r) ELSE substring(type(r), 4) END, so: so, voice: coalesce(r.source, r.file, ''),
    at: coalesce(r.at_meeting, ''), first: r.date_from, last: r.date_to, answer: '',
    aspect: r.aspect_key,
    // what is said in general and what is said of ethnicity only do not contradict each other
    scope: CASE WHEN r.scope IN ['general', 'ethnicity_specific'] THEN r.scope END,
    happened: any(n IN [a, b] WHERE n:Document OR n:Evidence),
    stance: $sides[type(r)]
  }) AS told
  WHERE size(told) > 1
  CALL (told) {
    // when: two sources date what happened to a document or piece of evidence so that no day is common
    UNWIND told AS t
    WITH t WHERE t.so AND t.happened AND coalesce(t.first, t.last) IS NOT NULL
    WITH t.did AS did, collect(t) AS dated, count(DISTINCT CASE WHEN t.at <> '' THEN t.at END) AS places
    UNWIND dated AS t
    WITH did, t, CASE WHEN places < 2 AND did IN ['AUTHORED', 'COMMISSIONED', 'GENERATED', 'INTRODUCED', 'SENT_TO']
                      THEN 'once' ELSE t.at END AS happening
    // what happens often is compared at one meeting: without a meeting, another day is another act
    WITH * WHERE happening <> ''
    WITH did, happening, t.voice AS voice, max(t.at) AS at, collect(t) AS said
    WITH did, happening, max(at) AS at, collect({voice: voice, said: said}) AS voices
    WHERE size(voices) > 1
    UNWIND voices AS one
    UNWIND voices AS other
    WITH did, at, one, other
    WHERE one.voice < other.voice
      AND any(p IN one.said WHERE any(q IN other.said WHERE coalesce(p.aspect = q.aspect, true)))
      AND all(p IN one.said WHERE all(q IN other.said WHERE coalesce(p.aspect <> q.aspect, false)
            OR coalesce(p.last < q.first, false) OR coalesce(q.last < p.first, false)))
    RETURN 'when' AS conflict, did, at,
           [p IN one.said WHERE any(q IN other.said WHERE coalesce(q.aspect = p.aspect, true))]
           + [q IN other.said WHERE any(p IN one.said WHERE coalesce(q.aspect = p.aspect, true))] AS claims
    UNION
    // whether: reported to have happened and not to have happened
    UNWIND [t IN told WHERE NOT t.so] AS one
    UNWIND [t IN told WHERE t.so] AS other
    WITH one, other
    WHERE one.did = other.did AND one.at IN ['', other.at]
      AND (one.aspect IS NULL OR coalesce(one.aspect = other.aspect, false))
      AND coalesce(one.scope = other.scope, true)
      AND NOT coalesce(one.last < other.first, false) AND NOT coalesce(other.last < one.first, false)
    RETURN 'whether' AS conflict, one.did AS did, one.at AS at, [one, other] AS claims
    UNION
    // stance: supported according to one source, contested at the same meeting according to another, on what may be
    // one aspect; a source that tells of both contradicts none (where both name the aspect, if on that aspect)
    UNWIND told AS t
    WITH t WHERE t.so AND t.stance IS NOT NULL AND t.at <> ''
    WITH t.at AS at, collect(t) AS same
    UNWIND same AS one
    UNWIND same AS other
    WITH at, same, one, other
    WHERE one.stance > other.stance AND one.voice <> other.voice AND coalesce(one.aspect = other.aspect, true)
      AND coalesce(one.scope = other.scope, true)
      AND none(t IN same WHERE t.voice = other.voice AND t.stance = one.stance AND coalesce(t.scope = one.scope, true)
               AND coalesce(t.aspect = one.aspect, NOT coalesce(one.aspect = other.aspect, false)))
      AND none(t IN same WHERE t.voice = one.voice AND t.stance = other.stance AND coalesce(t.scope = other.scope, true)
               AND coalesce(t.aspect = other.aspect, NOT coalesce(one.aspect = other.aspect, false)))
    RETURN 'stance' AS conflict, 'supported or contested' AS did, at, [one, other] AS claims
  }
  RETURN conflict, did, who, what, at, claims
  UNION ALL
  // who: of what one answer is expected, two sources each name somebody that the other does not
  CALL () {
    MATCH (what:Document {study: $study}) RETURN what
    UNION ALL
    MATCH (what:Evidence {study: $study}) RETURN what
  }
  MATCH (what)<-[r:AUTHORED|COMMISSIONED|GENERATED|INTRODUCED]-(a)
  WHERE r.mode <> 'derived' AND (type(r) <> 'INTRODUCED' OR r.at_meeting IS NOT NULL)
    AND ($document IS NULL OR what.id = $document)
  WITH what, type(r) AS did, CASE type(r) WHEN 'INTRODUCED' THEN r.at_meeting ELSE '' END AS at,
       coalesce(r.source, r.file, '') AS voice,
       collect({r: r, did: type(r), so: true, voice: coalesce(r.source, r.file, ''), at: '', first: null, last: null,
                answer: a.name, id: a.id, stance: null}) AS said
  WITH what, did, at, collect({voice: voice, said: said, ids: [t IN said | t.id]}) AS voices
  WHERE size(voices) > 1
  UNWIND voices AS one
  UNWIND voices AS other
  WITH what, did, at, one, other
  WHERE one.voice < other.voice
    AND any(p IN one.said WHERE NOT p.id IN other.ids
          AND any(q IN other.said WHERE NOT q.id IN one.ids
                AND (did <> 'AUTHORED' OR coalesce(p.r.role = q.r.role, true))))
  RETURN 'who' AS conflict, did, null AS who, what, at, one.said + other.said AS claims
}
WITH conflict, did, who, what, at, claims
WHERE $site IS NULL OR any(n IN [who, what] WHERE EXISTS {
        (n)-[:IN_CASE*0..1]->()-[:AT_SITE]->(:Site {id: $site}) })

// each claim once, however many others it conflicts with
UNWIND claims AS t
WITH conflict, did, who, what, at, t.r AS r, head(collect(t)) AS t
OPTIONAL MATCH (s:DataSource {id: coalesce(r.source, '')})
OPTIONAL MATCH (m:Meeting {id: coalesce(at, '')})
WITH conflict, did, who, what, m, t,
     coalesce(s.name, t.voice) + ': ' +
     CASE conflict WHEN 'who' THEN t.answer WHEN 'when' THEN coalesce(t.r.date_text, toString(t.first), '')
                   WHEN 'whether' THEN CASE WHEN t.so THEN 'reported to have happened' ELSE 'reported not to have happened' END ELSE toLower(replace(t.did, '_', ' ')) END +
     coalesce(' (' + coalesce(t.r.aspect, replace(coalesce(t.r.criterion, t.r.issue, t.r.about, t.r.for), '_', ' ')) + ')', '') +
     CASE t.r.mode WHEN 'interpretive' THEN " (researcher's interpretation)" ELSE '' END AS account
WITH conflict, did, who, what, m, collect(account) AS accounts, count(DISTINCT t.r.source) AS sources,
     collect(t.r.id) AS claims
RETURN conflict, toLower(replace(did, '_', ' ')) AS did, who.name AS who, who.id AS who_id, what.name AS what, what.id AS what_id, m.name AS meeting,
       COLLECT { UNWIND COLLECT { UNWIND accounts AS account RETURN DISTINCT account } AS account
                 RETURN account ORDER BY account } AS accounts, sources,
       COLLECT { UNWIND COLLECT { UNWIND claims AS id RETURN DISTINCT id } AS id
                 RETURN id ORDER BY id } AS claims
ORDER BY what, what_id, conflict, did, who_id, meeting
