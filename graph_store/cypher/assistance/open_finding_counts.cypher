// open_finding_counts: every household with an open finding, and how many it has
// parameters: none
// returns: household_id text, finding_count whole
MATCH (h:Household)-[f:AFFECTED_BY]->(:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted'
RETURN h.id AS household_id, count(f) AS finding_count ORDER BY household_id
