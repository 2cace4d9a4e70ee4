// The content hashes of what a study has of one label, how many nodes that is, and how many have an id: no load of ours
// wrote one without a hash or an id.
MATCH (n:Label {study: $study})
RETURN count(n) AS number, collect(n.content_hash) AS hashes, count(n.id) AS ids
