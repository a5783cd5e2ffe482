// lots_of_households: how many lots of produce each of the named households is known to have offered, how many are open
// parameters: household_ids texts
// returns: household_id text, lot_count whole, open_count whole
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[:PRODUCES]->(s:SupplyLot)
RETURN h.id AS household_id, count(s) AS lot_count,
  sum(CASE WHEN s.lot_status IN ['open', 'part_sold'] THEN 1 ELSE 0 END) AS open_count
ORDER BY household_id
