// agencies: agencies whose id begins with a text or whose name holds it, the best match first, at most $limit; $text is
//  in small letters and not empty
// parameters: text text, limit whole
// returns: id text, name text?, is_made_up flag, rank whole
// rank: 0 the id, 1 the name, 2 the beginning of the name, 3 the beginning of the id, 4 a part of the name.
MATCH (n:Agency) WHERE toLower(n.id) STARTS WITH $text OR toLower(n.name) CONTAINS $text
WITH n, toLower(n.id) AS small_id, toLower(coalesce(n.name, '')) AS small_name
RETURN n.id AS id, n.name AS name, coalesce(n.is_made_up, false) AS is_made_up,
  CASE WHEN small_id = $text THEN 0 WHEN small_name = $text THEN 1 WHEN small_name STARTS WITH $text THEN 2
    WHEN small_id STARTS WITH $text THEN 3 ELSE 4 END AS rank
ORDER BY rank, id LIMIT $limit
