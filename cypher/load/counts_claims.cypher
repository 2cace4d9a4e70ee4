// How many claims of each kind start at nodes of one label, and how many of them are derived.
MATCH (n:Label {study: $study})-[r]->()
RETURN type(r) AS type, r.claim_kind AS kind, count(r) AS number,
       count(CASE r.mode WHEN 'derived' THEN 1 END) AS derived
