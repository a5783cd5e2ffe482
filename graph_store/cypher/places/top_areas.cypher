// top_areas: areas that are part of no other area
// parameters: none
// returns: area_id text, name text?, area_level text?, is_made_up flag
MATCH (a:Area) WHERE NOT EXISTS { (a)-[:PART_OF]->(:Area) }
RETURN a.id AS area_id, a.name AS name, a.area_level AS area_level, coalesce(a.is_made_up, false) AS is_made_up
ORDER BY area_id
