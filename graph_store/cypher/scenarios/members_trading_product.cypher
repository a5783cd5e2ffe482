// members_trading_product: active households in a cooperative that has a lot of a product, or sells it under a running
//  contract
// parameters: product_id text, day day
// returns: household_id text, cooperative_id text
CALL {
  MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(k:Contract)-[:BINDS]->(c:Cooperative)
  WHERE k.contract_kind = 'purchase' AND k.starts_on <= $day AND coalesce(k.ends_on, $day) >= $day
  RETURN c
  UNION
  MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(s:SupplyLot)<-[:PRODUCES]-(c:Cooperative)
  WHERE s.lot_status <> 'withdrawn'
  RETURN c
}
MATCH (c)<-[m:MEMBER_OF]-(h:Household)
WHERE m.ended_on IS NULL AND h.household_status = 'active' AND coalesce(c.closed_on > $day, true)
RETURN DISTINCT h.id AS household_id, c.id AS cooperative_id ORDER BY household_id, cooperative_id
