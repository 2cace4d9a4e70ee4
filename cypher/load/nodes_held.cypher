// The content hashes of what a study has of one label, and how many nodes that is: no load of ours wrote one without a hash.
MATCH (n:Label {study: $study})
RETURN count(n) AS number, collect(n.content_hash) AS hashes
