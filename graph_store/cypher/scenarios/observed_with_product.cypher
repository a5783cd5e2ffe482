// observed_with_product: active households of which something was observed about a product
// parameters: product_id text
// returns: household_id text
MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(o:Observation)-[:OF_HOUSEHOLD]->(h:Household)
WHERE h.household_status = 'active'
RETURN DISTINCT h.id AS household_id ORDER BY household_id
