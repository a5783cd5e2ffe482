// causes_by_home: in how many active households of an area a cause is open, by the area at or below it that they live
//  in, and by status
// parameters: area_id text
// returns: area_id text, cause_id text, status text, household_count whole
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)-[f:AFFECTED_BY]->(c:Cause)
WHERE l.ended_on IS NULL AND h.household_status = 'active' AND f.ended_on IS NULL AND f.status <> 'refuted'
RETURN v.id AS area_id, c.id AS cause_id, f.status AS status, count(h) AS household_count
ORDER BY area_id, cause_id, status
