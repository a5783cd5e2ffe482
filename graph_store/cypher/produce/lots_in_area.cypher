// lots_in_area: every lot that lies in an area or below it, sold and past ones too
// parameters: area_id text
// returns: lot_id text
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(:Area)<-[:PLACED_IN]-(s:SupplyLot)
RETURN s.id AS lot_id ORDER BY lot_id
