// open_case_categories: the categories of the households' monitoring cases that are not closed
// parameters: none
// returns: household_id text, category text
MATCH (k:MonitoringCase)-[:OF_HOUSEHOLD]->(h:Household) WHERE k.closed_on IS NULL AND k.category IS NOT NULL
RETURN DISTINCT h.id AS household_id, k.category AS category ORDER BY household_id, category
