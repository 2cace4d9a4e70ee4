// Write claims of one kind between two labels, none of which is there yet.
// CREATE, not MERGE: two sources that say the same are two parallel edges, and the comparison before it
// (journeys/store/loading/changes.py) has told which claims are new. So it must not be run twice.
// $shared are the properties that are the same in every row: they are sent once.
UNWIND $rows AS row
MATCH (a:FromLabel {id: row.from_id})
MATCH (b:ToLabel {id: row.to_id})
CREATE (a)-[r:CLAIM_TYPE]->(b)
SET r = $shared
SET r += row.properties
