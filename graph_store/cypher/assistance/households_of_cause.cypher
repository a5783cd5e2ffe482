// households_of_cause: active households with an open finding of a cause, with the area they live in
// parameters: cause_id text
// returns: household_id text, area_id text, area_name text, is_made_up flag
MATCH (:Cause {id: $cause_id})<-[f:AFFECTED_BY]-(h:Household)
WHERE f.ended_on IS NULL AND f.status <> 'refuted' AND h.household_status = 'active'
MATCH (h)-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL
RETURN h.id AS household_id, v.id AS area_id, v.name AS area_name, coalesce(h.is_made_up, false) AS is_made_up
ORDER BY household_id, area_id
