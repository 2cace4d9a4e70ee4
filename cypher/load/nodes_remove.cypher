// Remove nodes that no file describes any more and that no claim touches.
UNWIND $ids AS id
MATCH (n:Label {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
