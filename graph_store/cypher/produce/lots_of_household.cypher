// lots_of_household: the lots that a household offers
// parameters: household_id text
// returns: lot_id text
MATCH (:Household {id: $household_id})-[:PRODUCES]->(s:SupplyLot) WHERE s.lot_status IN ['open', 'part_sold']
RETURN s.id AS lot_id ORDER BY lot_id
