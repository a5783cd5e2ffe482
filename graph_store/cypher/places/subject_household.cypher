// subject_household: whether a household is known; its head's name is personal and stays in the graph
// parameters: id text
// returns: id text, is_made_up flag
MATCH (n:Household {id: $id}) RETURN n.id AS id, coalesce(n.is_made_up, false) AS is_made_up ORDER BY id
