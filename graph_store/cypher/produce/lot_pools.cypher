// lot_pools: the larger lots that lots are pooled in
// parameters: lot_ids texts
// returns: lot_id text, pool_lot_id text, pooled_quantity_kg number
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})-[q:POOLED_IN]->(t:SupplyLot)
RETURN s.id AS lot_id, t.id AS pool_lot_id, q.pooled_quantity_kg AS pooled_quantity_kg ORDER BY lot_id, pool_lot_id
