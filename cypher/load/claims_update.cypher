// Set claims that are there to what they should hold.
// $shared are the properties that are the same in every row: they are sent once.
UNWIND $rows AS row
MATCH (a:FromLabel {id: row.from_id})
MATCH (b:ToLabel {id: row.to_id})
MATCH (a)-[r:CLAIM_TYPE {id: row.id}]->(b)
SET r = $shared
SET r += row.properties
