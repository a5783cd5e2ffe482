// households: the named households, with their state and the area they live in
// parameters: household_ids texts
// returns: household_id text, household_status text?, area_id text?, area_name text?, is_made_up flag
UNWIND $household_ids AS id
MATCH (h:Household {id: id})
OPTIONAL MATCH (h)-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL
RETURN h.id AS household_id, h.household_status AS household_status, v.id AS area_id, v.name AS area_name,
  coalesce(h.is_made_up, false) AS is_made_up
ORDER BY household_id, area_id
