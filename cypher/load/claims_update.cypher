// Set claims that are there to what they should hold.
UNWIND $rows AS row
MATCH (a:FromLabel {id: row.from_id})
MATCH (b:ToLabel {id: row.to_id})
MATCH (a)-[r:CLAIM_TYPE {id: row.id}]->(b)
SET r = row.properties
