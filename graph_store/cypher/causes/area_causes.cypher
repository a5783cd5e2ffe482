// area_causes: in how many active households of an area and below a cause is open, by status
// parameters: area_id text
// returns: cause_id text, status text, household_count whole
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active'
MATCH (h)-[f:AFFECTED_BY]->(c:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted'
RETURN c.id AS cause_id, f.status AS status, count(DISTINCT h.id) AS household_count
ORDER BY cause_id, status
