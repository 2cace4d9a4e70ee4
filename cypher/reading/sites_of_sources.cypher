// title: The sites that sources are from, through the case studies that they belong to
// question: none of its own; shows what is written
// params:
//   ids: {type: list, meaning: ids of sources}
// returns:
//   id: the source's id
//   sites: the names of its sites
UNWIND $ids AS source_id
MATCH (s:DataSource {id: source_id})-[:IN_CASE]->(:CaseStudy)-[:AT_SITE]->(site:Site)
RETURN s.id AS id, collect(DISTINCT site.name) AS sites
