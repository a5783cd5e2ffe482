// active_households: every active household, with the area it lives in
// parameters: none
// returns: household_id text, area_id text?, is_made_up flag
MATCH (h:Household) WHERE h.household_status = 'active'
OPTIONAL MATCH (h)-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL
RETURN h.id AS household_id, v.id AS area_id, coalesce(h.is_made_up, false) AS is_made_up
ORDER BY household_id, area_id
