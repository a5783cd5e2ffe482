// living: the active households of an area, counted by the area at or below it that they live in
// parameters: area_id text
// returns: area_id text, household_count whole, made_up_count whole
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active'
RETURN v.id AS area_id, count(h) AS household_count,
  sum(CASE WHEN h.is_made_up = true THEN 1 ELSE 0 END) AS made_up_count
ORDER BY area_id
