// growers_of_product: active households that have, or had, a lot of a product; withdrawn lots do not count
// parameters: product_id text
// returns: household_id text
MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(s:SupplyLot)<-[:PRODUCES]-(h:Household)
WHERE s.lot_status <> 'withdrawn' AND h.household_status = 'active'
RETURN DISTINCT h.id AS household_id ORDER BY household_id
