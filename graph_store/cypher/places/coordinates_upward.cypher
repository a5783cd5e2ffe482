// coordinates_upward: coordinates of areas and of the areas above them, nearest first
// parameters: area_ids texts
// returns: area_id text, upper_area_id text, step_count whole, lat number, lon number
UNWIND $area_ids AS id
MATCH (a:Area {id: id})-[up:PART_OF*0..5]->(b:Area) WHERE b.lat IS NOT NULL AND b.lon IS NOT NULL
RETURN a.id AS area_id, b.id AS upper_area_id, size(up) AS step_count, b.lat AS lat, b.lon AS lon
ORDER BY area_id, step_count
