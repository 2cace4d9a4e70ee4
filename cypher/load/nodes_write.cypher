// Write nodes of one label: make those that are not there, and set all of them to what they should hold.
UNWIND $rows AS row
MERGE (n:Label {id: row.id})
SET n = row.properties
