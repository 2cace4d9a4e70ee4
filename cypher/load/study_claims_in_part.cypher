// The claims that start at one label, of the kinds asked for, a list for each node: of each claim its type, its end and
// the values of the properties asked for. A row for each claim takes several times as long to send.
MATCH (a:Label {study: $study})
RETURN a.id AS start, [(a)-[r]->(b) WHERE type(r) IN $types | [type(r), b.id, [name IN $names | r[name]]]] AS claims
