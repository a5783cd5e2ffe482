// programmes_of_area: programmes whose households may live in an area: eligible in it, above it or below it
// parameters: area_id text
// returns: programme_id text
CALL {
  MATCH (:Area {id: $area_id})-[:PART_OF*0..5]->(:Area)<-[:ELIGIBLE_IN]-(p:Programme) RETURN p.id AS programme_id
  UNION
  MATCH (:Area {id: $area_id})<-[:PART_OF*1..5]-(:Area)<-[:ELIGIBLE_IN]-(p:Programme) RETURN p.id AS programme_id
}
RETURN programme_id ORDER BY programme_id
