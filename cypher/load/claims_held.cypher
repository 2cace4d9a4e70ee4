// The content hashes of what a study has of claims that start at one label, by type, and how many relationships that is.
MATCH (a:Label {study: $study})-[r]->()
RETURN type(r) AS type, count(r) AS number, collect(r.content_hash) AS hashes
