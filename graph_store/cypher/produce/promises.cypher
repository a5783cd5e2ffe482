// promises: what is promised of lots of products: all that still is to come, and what was delivered from a day on
// parameters: product_ids texts, since day
// returns: commitment_id text, commitment_status text, lot_id text, seller_kind text?, seller_id text?,
//   seller_name text?, demand_id text, enterprise_id text?, enterprise_name text?, product_id text,
//   cooperative_id text?, cooperative_name text?, held_quantity_kg number, price_fen_per_kg whole, arrives_on day,
//   is_made_up flag
UNWIND $product_ids AS id
MATCH (g:Product {id: id})<-[:OF_PRODUCT]-(s:SupplyLot)<-[:COMMITS]-(m:Commitment)-[:FILLS]->(d:Demand)
WHERE m.commitment_status IN ['proposed', 'agreed', 'shipped']
  OR (m.commitment_status = 'delivered' AND m.arrives_on >= $since)
OPTIONAL MATCH (s)<-[:PRODUCES]-(o)
OPTIONAL MATCH (d)<-[:POSTS]-(e:Enterprise)
OPTIONAL MATCH (m)-[:BROUGHT_BY]->(c:Cooperative)
RETURN m.id AS commitment_id, m.commitment_status AS commitment_status, s.id AS lot_id, labels(o)[0] AS seller_kind,
  o.id AS seller_id, CASE WHEN o:Cooperative THEN o.name END AS seller_name, d.id AS demand_id, e.id AS enterprise_id,
  e.name AS enterprise_name, g.id AS product_id, c.id AS cooperative_id, c.name AS cooperative_name,
  CASE WHEN m.commitment_status = 'delivered' THEN coalesce(m.delivered_quantity_kg, m.agreed_quantity_kg)
    ELSE m.agreed_quantity_kg END AS held_quantity_kg,
  m.price_fen_per_kg AS price_fen_per_kg, m.arrives_on AS arrives_on, coalesce(m.is_made_up, false) AS is_made_up
ORDER BY commitment_id
