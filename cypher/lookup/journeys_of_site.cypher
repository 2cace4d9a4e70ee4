// title: The documents and evidence of a site, whose journeys a report lists
// question: none of its own; the report of a site lists them
// params:
//   id: {type: text, meaning: the id of the site}
// returns:
//   id: the id of a document or piece of evidence
//   name: its title
MATCH (:Site {id: $id})<-[:AT_SITE]-(c:CaseStudy)<-[:IN_CASE]-(d)
WHERE labels(d)[0] IN ['Document', 'Evidence']
RETURN DISTINCT d.id AS id, d.name AS name
