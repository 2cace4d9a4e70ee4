// title: The claims from things of one kind that are written in these files, or that name these as their source, meeting or speaker
// question: none of its own; shows what is written
// params:
//   study: {type: text, meaning: the study's id}
//   ids: {type: list, meaning: "ids of sources, meetings and people"}
//   files: {type: list, default: [], meaning: "files, as the graph names them"}
// returns:
//   type: the kind of claim
//   claim: "what the claim holds: source, quote, mode, dates, where it was written"
//   from_id: the id of the end it starts at
//   from_label: the kind of that end
//   from_name: its name
//   id: the other end's id
//   label: the kind of the other end
//   name: the other end's name
MATCH (a:Label {study: $study})-[r]->(b)
WHERE r.mode IS NOT NULL
  AND (r.source IN $ids OR r.at_meeting IN $ids OR r.claimed_by IN $ids OR r.file IN $files)
RETURN type(r) AS type, r {.*} AS claim, a.id AS from_id, labels(a)[0] AS from_label, a.name AS from_name,
       b.id AS id, labels(b)[0] AS label, b.name AS name
