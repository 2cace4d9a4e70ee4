// How many nodes of one label a study has.
MATCH (n:Label {study: $study})
RETURN count(n) AS number
