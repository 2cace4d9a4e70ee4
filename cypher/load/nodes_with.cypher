// What a study has of one label with one of these content hashes.
MATCH (n:Label {study: $study})
WHERE n.content_hash IN $hashes
RETURN n.id AS id, n.content_hash AS content_hash, n.files AS files
