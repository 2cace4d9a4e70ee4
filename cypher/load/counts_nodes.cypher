// How many nodes of one label a study has.
MATCH (n:Label {study: $study})
RETURN 'Label' AS label, count(n) AS number
