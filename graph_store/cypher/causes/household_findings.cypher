// household_findings: causes held at a household; one row with nothing in it when the household has none
// parameters: household_id text
// returns: is_made_up flag?, cause_id text?, status text?, severity number?, confidence number?, onset_on day?,
//  ended_on day?
MATCH (h:Household {id: $household_id})
OPTIONAL MATCH (h)-[f:AFFECTED_BY]->(c:Cause)
RETURN h.is_made_up AS is_made_up, c.id AS cause_id, f.status AS status, f.severity AS severity,
  f.confidence AS confidence, f.onset_on AS onset_on, f.ended_on AS ended_on
ORDER BY cause_id
