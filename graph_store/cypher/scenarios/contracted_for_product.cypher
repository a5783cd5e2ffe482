// contracted_for_product: active households that sell a product under a running contract of their own
// parameters: product_id text, day day
// returns: household_id text
MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(k:Contract)-[:BINDS]->(h:Household)
WHERE k.contract_kind = 'purchase' AND k.starts_on <= $day AND coalesce(k.ends_on, $day) >= $day
  AND h.household_status = 'active'
RETURN DISTINCT h.id AS household_id ORDER BY household_id
