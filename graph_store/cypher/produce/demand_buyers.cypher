// demand_buyers: whose demands they are and for what, filled and past ones too
// parameters: demand_ids texts
// returns: demand_id text, product_id text, enterprise_id text, enterprise_name text?
UNWIND $demand_ids AS id
MATCH (d:Demand {id: id})<-[:POSTS]-(e:Enterprise)
MATCH (d)-[:OF_PRODUCT]->(g:Product)
RETURN d.id AS demand_id, g.id AS product_id, e.id AS enterprise_id, e.name AS enterprise_name ORDER BY demand_id
