// demand_commitments: how much is bound of the open demands for products, also of those that take one of them beside
//   their own: agreed, shipped, or delivered; of the last, what was accepted or else came, where it is told
// parameters: product_ids texts
// returns: demand_id text, committed_quantity_kg number
MATCH (d:Demand)
WHERE d.demand_status IN ['open', 'part_filled']
MATCH (d)-[:OF_PRODUCT]->(g:Product)
WHERE g.id IN $product_ids OR any(code IN coalesce(d.also_product_codes, []) WHERE code IN $product_ids)
MATCH (d)<-[:FILLS]-(m:Commitment)
WHERE m.commitment_status IN ['agreed', 'shipped', 'delivered']
WITH d.id AS demand_id, CASE WHEN m.commitment_status = 'delivered'
  THEN coalesce(m.accepted_quantity_kg, m.delivered_quantity_kg, m.agreed_quantity_kg)
  ELSE m.agreed_quantity_kg END AS held_quantity_kg
RETURN demand_id, sum(held_quantity_kg) AS committed_quantity_kg ORDER BY demand_id
