// demands_of_products: every demand for products that is still open, also those that take one of them beside their own,
//   with its terms, whether or not a lot meets them
// parameters: product_ids texts
// returns: demand_id text, product_id text, enterprise_id text, enterprise_name text?, enterprise_closed_on day?,
//   min_grade text, wanted_quantity_kg number, max_fen_per_kg whole, max_distance_km number?,
//   min_batch_quantity_kg number?, certificate_codes texts?, also_product_codes texts?, starts_on day, ends_on day,
//   demand_status text, area_id text?, area_name text?, lat number?, lon number?, is_made_up flag
MATCH (d:Demand)
WHERE d.demand_status IN ['open', 'part_filled']
MATCH (d)-[:OF_PRODUCT]->(g:Product)
WHERE g.id IN $product_ids OR any(code IN coalesce(d.also_product_codes, []) WHERE code IN $product_ids)
MATCH (d)<-[:POSTS]-(e:Enterprise)
OPTIONAL MATCH (d)-[at:PLACED_IN]->(a:Area)
RETURN d.id AS demand_id, g.id AS product_id, e.id AS enterprise_id, e.name AS enterprise_name,
  e.closed_on AS enterprise_closed_on, d.min_grade AS min_grade, d.wanted_quantity_kg AS wanted_quantity_kg,
  d.max_fen_per_kg AS max_fen_per_kg, d.max_distance_km AS max_distance_km,
  d.min_batch_quantity_kg AS min_batch_quantity_kg, d.certificate_codes AS certificate_codes,
  d.also_product_codes AS also_product_codes, d.starts_on AS starts_on, d.ends_on AS ends_on,
  d.demand_status AS demand_status, a.id AS area_id, a.name AS area_name, at.lat AS lat, at.lon AS lon,
  coalesce(d.is_made_up, false) AS is_made_up
ORDER BY demand_id
