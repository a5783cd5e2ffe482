// demand_commitments: how much of the open demands for products is bound: agreed, shipped, or delivered; of the last, what
//   was accepted or else came, where it is told
// parameters: product_ids texts
// returns: demand_id text, committed_quantity_kg number
UNWIND $product_ids AS id
MATCH (:Product {id: id})<-[:OF_PRODUCT]-(d:Demand)<-[:FILLS]-(m:Commitment)
WHERE d.demand_status IN ['open', 'part_filled'] AND m.commitment_status IN ['agreed', 'shipped', 'delivered']
WITH d.id AS demand_id, CASE WHEN m.commitment_status = 'delivered'
  THEN coalesce(m.accepted_quantity_kg, m.delivered_quantity_kg, m.agreed_quantity_kg)
  ELSE m.agreed_quantity_kg END AS held_quantity_kg
RETURN demand_id, sum(held_quantity_kg) AS committed_quantity_kg ORDER BY demand_id
