// area_causes_by_place: the households of an area by the place directly below it that they live in or under, the area
//  itself standing for those that live in no place below; then in how many of them a cause is open, by status
// parameters: area_id text
// returns: place_id text, name text?, cause_id text?, status text?, household_count whole, made_up_count whole?
// A row without a cause counts the active households of the place and has made_up_count; every place has one.
CALL {
  MATCH (:Area {id: $area_id})<-[:PART_OF*0..1]-(p:Area)
  MATCH (p)<-[:PART_OF*0..4]-(v:Area) WHERE p.id <> $area_id OR v.id = $area_id
  OPTIONAL MATCH (v)<-[l:LIVES_IN]-(h:Household) WHERE l.ended_on IS NULL AND h.household_status = 'active'
  RETURN p.id AS place_id, p.name AS name, null AS cause_id, null AS status, count(h) AS household_count,
    sum(CASE WHEN h.is_made_up = true THEN 1 ELSE 0 END) AS made_up_count
  UNION ALL
  MATCH (:Area {id: $area_id})<-[:PART_OF*0..1]-(p:Area)
  MATCH (p)<-[:PART_OF*0..4]-(v:Area) WHERE p.id <> $area_id OR v.id = $area_id
  MATCH (v)<-[l:LIVES_IN]-(h:Household)-[f:AFFECTED_BY]->(c:Cause)
  WHERE l.ended_on IS NULL AND h.household_status = 'active' AND f.ended_on IS NULL AND f.status <> 'refuted'
  RETURN p.id AS place_id, p.name AS name, c.id AS cause_id, f.status AS status, count(h) AS household_count,
    null AS made_up_count
}
RETURN place_id, name, cause_id, status, household_count, made_up_count ORDER BY place_id, cause_id, status
