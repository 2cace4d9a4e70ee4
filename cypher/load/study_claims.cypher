// The claims that start at one label, of the kinds asked for, whole.
MATCH (a:Label {study: $study})-[r]->(b)
WHERE type(r) IN $types
RETURN type(r) AS type, a.id AS start, labels(b)[0] AS end_label, b.id AS end, r {.*} AS properties
