// Remove relationships of our types that are no claim of any load: without an id, or to a node of another kind.
MATCH (a:Label {study: $study})-[r]->(b)
WHERE type(r) IN $types AND (r.id IS NULL OR NOT labels(b)[0] IN $labels)
DELETE r
