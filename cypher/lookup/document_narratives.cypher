// title: The journey of a document in the researchers' narrative, step by step
// question: 4. What is its full dated time-line, as a narrative form tells it?
// params:
//   id: {type: text, meaning: the document's id}
// returns:
//   id: the journey's id
//   title: the journey's title
//   step: one step of it, with title, stage, dates and where it was written; empty for a journey without steps
//   meeting: the name of the meeting or group at which the step took place
MATCH (d:Document {id: $id})<-[:JOURNEY_OF]-(j:Journey)
OPTIONAL MATCH (j)<-[:STEP_OF]-(step:Step)
OPTIONAL MATCH (step)-[:AT]->(m)
RETURN j.id AS id, j.title AS title, step {.*} AS step, m.name AS meeting
