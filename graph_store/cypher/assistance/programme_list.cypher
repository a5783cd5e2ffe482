// programme_list: every programme, and the areas whose households it may help; one row without an area if none is named
// parameters: none
// returns: programme_id text, programme_name text?, area_id text?
MATCH (p:Programme)
OPTIONAL MATCH (p)-[:ELIGIBLE_IN]->(v:Area)
RETURN p.id AS programme_id, p.name AS programme_name, v.id AS area_id ORDER BY programme_id, area_id
