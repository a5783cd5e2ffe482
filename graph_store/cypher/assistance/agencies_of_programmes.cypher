// agencies_of_programmes: who runs programmes
// parameters: programme_ids texts
// returns: programme_id text, agency_id text, agency_name text?, closed_on day?, is_made_up flag
UNWIND $programme_ids AS id
MATCH (p:Programme {id: id})<-[:RUNS]-(a:Agency)
RETURN p.id AS programme_id, a.id AS agency_id, a.name AS agency_name, a.closed_on AS closed_on,
  coalesce(a.is_made_up, false) AS is_made_up
ORDER BY programme_id, agency_id
