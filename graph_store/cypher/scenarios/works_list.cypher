// works_list: works by id, of whichever kind, at most $limit
// parameters: limit whole
// returns: node_id text, name text?, works_kind text
MATCH (w:Infrastructure)
RETURN w.id AS node_id, w.name AS name, w.works_kind AS works_kind ORDER BY node_id LIMIT $limit
