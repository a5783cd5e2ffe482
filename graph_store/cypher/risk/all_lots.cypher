// all_lots: how many lots of produce each household is known to have offered, and how many of them are open
// parameters: none
// returns: household_id text, lot_count whole, open_count whole
MATCH (s:SupplyLot)<-[:PRODUCES]-(h:Household)
RETURN h.id AS household_id, count(s) AS lot_count,
  sum(CASE WHEN s.lot_status IN ['open', 'part_sold'] THEN 1 ELSE 0 END) AS open_count
ORDER BY household_id
