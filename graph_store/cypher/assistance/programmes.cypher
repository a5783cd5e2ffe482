// programmes: the named programmes and their period
// parameters: programme_ids texts
// returns: programme_id text, programme_name text?, starts_on day?, ends_on day?, is_made_up flag
UNWIND $programme_ids AS id
MATCH (p:Programme {id: id})
RETURN p.id AS programme_id, p.name AS programme_name, p.starts_on AS starts_on, p.ends_on AS ends_on,
  coalesce(p.is_made_up, false) AS is_made_up
ORDER BY programme_id
