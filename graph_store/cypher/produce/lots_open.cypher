// lots_open: every lot that is recorded as on offer, with its quantity and its days
// parameters: none
// returns: lot_id text, product_id text, lot_quantity_kg number, ready_on day, use_by_on day, is_made_up flag
MATCH (g:Product)<-[:OF_PRODUCT]-(s:SupplyLot) WHERE s.lot_status IN ['open', 'part_sold']
RETURN s.id AS lot_id, g.id AS product_id, s.lot_quantity_kg AS lot_quantity_kg, s.ready_on AS ready_on,
  s.use_by_on AS use_by_on, coalesce(s.is_made_up, false) AS is_made_up
ORDER BY lot_id
