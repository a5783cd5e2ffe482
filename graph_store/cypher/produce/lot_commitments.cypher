// lot_commitments: how much of lots is agreed or delivered
// parameters: lot_ids texts
// returns: lot_id text, committed_quantity_kg number
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})<-[:COMMITS]-(m:Commitment) WHERE m.commitment_status IN ['agreed', 'delivered']
RETURN s.id AS lot_id, sum(m.agreed_quantity_kg) AS committed_quantity_kg ORDER BY lot_id
