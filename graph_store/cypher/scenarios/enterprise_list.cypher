// enterprise_list: enterprises by id, at most $limit
// parameters: limit whole
// returns: node_id text, name text?
MATCH (e:Enterprise)
RETURN e.id AS node_id, e.name AS name ORDER BY node_id LIMIT $limit
