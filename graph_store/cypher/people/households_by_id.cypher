// households_by_id: active households with ids after $after, by id, wherever they live
// parameters: after text, limit whole
// returns: household_id text
MATCH (h:Household) WHERE h.household_status = 'active' AND h.id > $after
RETURN h.id AS household_id ORDER BY household_id LIMIT $limit
