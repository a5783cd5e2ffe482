// works_of_area: the works, such as roads and cold stores, that serve an area, one above it or one below it
// parameters: area_id text, limit whole
// returns: works_id text, area_id text, area_name text?, name text?, works_kind text, works_status text,
//  capacity number?, capacity_unit text?, built_on day?
CALL {
  MATCH (:Area {id: $area_id})-[:PART_OF*0..5]->(a:Area) RETURN a
  UNION
  MATCH (:Area {id: $area_id})<-[:PART_OF*1..5]-(a:Area) RETURN a
}
MATCH (a)<-[:SERVES]-(w:Infrastructure)
RETURN w.id AS works_id, a.id AS area_id, a.name AS area_name, w.name AS name, w.works_kind AS works_kind,
  w.works_status AS works_status, w.capacity AS capacity, w.capacity_unit AS capacity_unit, w.built_on AS built_on
ORDER BY works_id, area_id LIMIT $limit
