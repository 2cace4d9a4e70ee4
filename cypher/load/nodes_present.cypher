// What a study has of one label, to compare with what it should have.
MATCH (n:Label {study: $study})
RETURN n.id AS id, n.content_hash AS content_hash, n.files AS files
