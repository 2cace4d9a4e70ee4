// title: What the team is confused about and has not cleared up
// question: 38. Which claims conflict and are still open? (The confusions that researchers noted themselves.)
// params:
//   study: {type: text, meaning: the study's id}
//   site: {type: text, default: null, meaning: "the id of a site; left out, all sites"}
//   case: {type: text, default: null, meaning: "the id of a case study; left out, all case studies"}
// returns:
//   site: the site; empty for what belongs to none
//   site_id: its id
//   confusion: what is not clear
//   confusion_id: its id
//   status: its status; open where none is given
//   plan: how the team plans to clear it up
//   about: what or whom it is about
//   about_ids: their ids
//   claims: ids of the links that place it
// example: none
// labels: {status: finding_status}

MATCH (f:Finding {study: $study, kind: 'confusion'})
WHERE coalesce(f.status, 'open') = 'open'
  AND ($case IS NULL
       OR EXISTS { (f)-[:IN_CASE]->(:CaseStudy {id: $case}) })
OPTIONAL MATCH (f)-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
WITH DISTINCT f, site
WHERE $site IS NULL OR site.id = $site
RETURN site.name AS site, site.id AS site_id, f.text AS confusion, f.id AS confusion_id,
       coalesce(f.status, 'open') AS status, f.plan AS plan,
       COLLECT { MATCH (f)-[:ABOUT]->(x) RETURN x.name AS name ORDER BY x.id } AS about,
       COLLECT { MATCH (f)-[:ABOUT]->(x) RETURN x.id AS id ORDER BY id } AS about_ids,
       COLLECT { MATCH (f)-[r:ABOUT]->() RETURN r.id AS id ORDER BY id } AS claims
ORDER BY site, site_id, confusion, confusion_id
