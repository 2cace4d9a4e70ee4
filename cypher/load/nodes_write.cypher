// Write nodes of one label: make those that are not there, and set all of them to what they should hold.
// MERGE: unlike a claim, a node has a unique id that a constraint guards, so this can be run again after a lost connection.
// $shared are the properties that are the same in every row: they are sent once.
UNWIND $rows AS row
MERGE (n:Label {id: row.id})
SET n = $shared
SET n += row.properties
