// lot_parts: whose produce is in pooled lots
// parameters: lot_ids texts
// returns: lot_id text, part_lot_id text, seller_kind text?, seller_id text?, pooled_quantity_kg number
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})<-[q:POOLED_IN]-(t:SupplyLot)
OPTIONAL MATCH (t)<-[:PRODUCES]-(o)
RETURN s.id AS lot_id, t.id AS part_lot_id, labels(o)[0] AS seller_kind, o.id AS seller_id,
  q.pooled_quantity_kg AS pooled_quantity_kg
ORDER BY lot_id, part_lot_id
