// The nodes of one label, whole.
MATCH (n:Label {study: $study})
RETURN n {.*} AS properties
