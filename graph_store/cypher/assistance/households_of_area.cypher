// households_of_area: active households that live in an area or below it, with the area they live in
// parameters: area_id text
// returns: household_id text, area_id text, area_name text, is_made_up flag
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active'
RETURN h.id AS household_id, v.id AS area_id, v.name AS area_name, coalesce(h.is_made_up, false) AS is_made_up
ORDER BY household_id, area_id
