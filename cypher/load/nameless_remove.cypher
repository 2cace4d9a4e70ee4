// Remove nodes of one label that no load wrote: they have no id.
MATCH (n:Label {study: $study})
WHERE n.id IS NULL
DETACH DELETE n
