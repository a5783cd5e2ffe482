// lot_commitments: how much of lots is bound: agreed, shipped, or delivered; of the last, what came, where it is told
// parameters: lot_ids texts
// returns: lot_id text, committed_quantity_kg number
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})<-[:COMMITS]-(m:Commitment) WHERE m.commitment_status IN ['agreed', 'shipped', 'delivered']
WITH s.id AS lot_id, CASE WHEN m.commitment_status = 'delivered'
  THEN coalesce(m.delivered_quantity_kg, m.agreed_quantity_kg) ELSE m.agreed_quantity_kg END AS held_quantity_kg
RETURN lot_id, sum(held_quantity_kg) AS committed_quantity_kg ORDER BY lot_id
