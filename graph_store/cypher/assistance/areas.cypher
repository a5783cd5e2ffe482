// areas: every area, and the one it is part of
// parameters: none
// returns: area_id text, parent_id text?, name text?, area_level text?
MATCH (v:Area)
OPTIONAL MATCH (v)-[:PART_OF]->(up:Area)
RETURN v.id AS area_id, up.id AS parent_id, v.name AS name, v.area_level AS area_level ORDER BY area_id
