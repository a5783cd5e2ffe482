// upward: areas with the areas above them, each area itself being step 0
// parameters: area_ids texts
// returns: area_id text, upper_area_id text, name text?, area_level text?, is_made_up flag, step_count whole
UNWIND $area_ids AS id
MATCH (a:Area {id: id})-[up:PART_OF*0..5]->(b:Area)
RETURN a.id AS area_id, b.id AS upper_area_id, b.name AS name, b.area_level AS area_level,
  coalesce(b.is_made_up, false) AS is_made_up, size(up) AS step_count
ORDER BY area_id, step_count, upper_area_id
