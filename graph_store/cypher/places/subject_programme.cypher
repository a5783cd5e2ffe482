// subject_programme: a programme by its id, with its name
// parameters: id text
// returns: id text, name text?, is_made_up flag
MATCH (n:Programme {id: $id})
RETURN n.id AS id, n.name AS name, coalesce(n.is_made_up, false) AS is_made_up ORDER BY id
