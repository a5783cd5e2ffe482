// area_tree: an area and all areas below it
// parameters: area_id text
// returns: area_id text, parent_id text?, name text?, area_level text?
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)
OPTIONAL MATCH (v)-[:PART_OF]->(up:Area)
RETURN v.id AS area_id, up.id AS parent_id, v.name AS name, v.area_level AS area_level ORDER BY area_id
