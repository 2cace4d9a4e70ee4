// The content hashes of what a study has of claims that start at one label, by type; how many relationships that is, how
// many have an id, and at how many the end has one.
MATCH (a:Label {study: $study})-[r]->(b)
RETURN type(r) AS type, count(r) AS number, collect(r.content_hash) AS hashes, count(r.id) AS ids, count(b.id) AS ends
