// all_findings: the findings that have not ended, those refuted too, of every household
// parameters: none
// returns: household_id text, cause_id text, status text, severity number, confidence number, onset_on day?
MATCH (h:Household)-[f:AFFECTED_BY]->(c:Cause) WHERE f.ended_on IS NULL
RETURN h.id AS household_id, c.id AS cause_id, f.status AS status, f.severity AS severity,
  f.confidence AS confidence, f.onset_on AS onset_on
ORDER BY household_id, cause_id
