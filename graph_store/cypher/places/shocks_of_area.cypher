// shocks_of_area: the shocks that hit an area, one above it or one below it, the newest first
// parameters: area_id text, limit whole
// returns: shock_id text, area_id text, area_name text?, shock_kind text, severity number, starts_on day, ends_on day?
CALL {
  MATCH (:Area {id: $area_id})-[:PART_OF*0..5]->(a:Area) RETURN a
  UNION
  MATCH (:Area {id: $area_id})<-[:PART_OF*1..5]-(a:Area) RETURN a
}
MATCH (a)<-[:HIT]-(s:Shock)
RETURN s.id AS shock_id, a.id AS area_id, a.name AS area_name, s.shock_kind AS shock_kind, s.severity AS severity,
  s.starts_on AS starts_on, s.ends_on AS ends_on
ORDER BY starts_on DESC, shock_id, area_id LIMIT $limit
