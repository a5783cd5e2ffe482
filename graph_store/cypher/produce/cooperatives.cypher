// cooperatives: where cooperatives are that could pool lots, and whether they have closed
// parameters: cooperative_ids texts
// returns: cooperative_id text, cooperative_name text?, closed_on day?, area_id text?, lat number?, lon number?,
//   is_made_up flag
UNWIND $cooperative_ids AS id
MATCH (c:Cooperative {id: id})
OPTIONAL MATCH (c)-[at:PLACED_IN]->(a:Area)
RETURN c.id AS cooperative_id, c.name AS cooperative_name, c.closed_on AS closed_on, a.id AS area_id, at.lat AS lat,
  at.lon AS lon, coalesce(c.is_made_up, false) AS is_made_up
ORDER BY cooperative_id
