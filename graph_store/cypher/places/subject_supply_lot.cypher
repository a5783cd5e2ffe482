// subject_supply_lot: whether a lot is known
// parameters: id text
// returns: id text, is_made_up flag
MATCH (n:SupplyLot {id: $id}) RETURN n.id AS id, coalesce(n.is_made_up, false) AS is_made_up ORDER BY id
