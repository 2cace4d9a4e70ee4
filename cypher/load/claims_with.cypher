// What a study has of claims that start at one label, with one of these content hashes.
MATCH (a:Label {study: $study})-[r]->(b)
WHERE r.content_hash IN $hashes
RETURN r.id AS id, type(r) AS type, a.id AS from_id, labels(b)[0] AS to_label, b.id AS to_id,
       r.content_hash AS content_hash, r.files AS files
