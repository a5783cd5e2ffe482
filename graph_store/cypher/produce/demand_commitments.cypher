// demand_commitments: how much of the open demands for products is agreed or delivered
// parameters: product_ids texts
// returns: demand_id text, committed_quantity_kg number
UNWIND $product_ids AS id
MATCH (:Product {id: id})<-[:OF_PRODUCT]-(d:Demand)<-[:FILLS]-(m:Commitment)
WHERE d.demand_status IN ['open', 'part_filled'] AND m.commitment_status IN ['agreed', 'delivered']
RETURN d.id AS demand_id, sum(m.agreed_quantity_kg) AS committed_quantity_kg ORDER BY demand_id
