// works: which kind of works something is, and the areas that it serves
// parameters: works_id text
// returns: works_id text, works_kind text, area_id text?
MATCH (w:Infrastructure {id: $works_id})
OPTIONAL MATCH (w)-[:SERVES]->(a:Area)
RETURN w.id AS works_id, w.works_kind AS works_kind, a.id AS area_id ORDER BY works_id, area_id
