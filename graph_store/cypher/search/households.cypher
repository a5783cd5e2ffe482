// households: households whose id begins with a text, by id, at most $limit; names of heads are never searched
// parameters: text text, limit whole
// returns: id text, is_made_up flag, rank whole
// rank: 0 the id, 3 the beginning of the id.
MATCH (n:Household) WHERE n.id STARTS WITH $text
RETURN n.id AS id, coalesce(n.is_made_up, false) AS is_made_up, CASE WHEN n.id = $text THEN 0 ELSE 3 END AS rank
ORDER BY rank, id LIMIT $limit
