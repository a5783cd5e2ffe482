// lots_of_cooperative: the lots that a cooperative offers
// parameters: cooperative_id text
// returns: lot_id text
MATCH (:Cooperative {id: $cooperative_id})-[:PRODUCES]->(s:SupplyLot) WHERE s.lot_status IN ['open', 'part_sold']
RETURN s.id AS lot_id ORDER BY lot_id
