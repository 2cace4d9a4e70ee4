// Remove claims that no file says any more.
UNWIND $rows AS row
MATCH (a:FromLabel {id: row.from_id})
MATCH (b:ToLabel {id: row.to_id})
MATCH (a)-[r:CLAIM_TYPE {id: row.id}]->(b)
DELETE r
