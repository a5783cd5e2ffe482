// lots: the terms of lots, who sells them and where they lie
// parameters: lot_ids texts
// returns: lot_id text, product_id text, seller_kind text?, seller_id text?, seller_name text?, grade text,
//   lot_quantity_kg number, ready_on day, use_by_on day, ask_fen_per_kg whole, min_split_quantity_kg number?,
//   certificate_codes texts?, lot_status text, area_id text?, area_name text?, lat number?, lon number?,
//   is_made_up flag
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})-[:OF_PRODUCT]->(g:Product)
OPTIONAL MATCH (s)<-[:PRODUCES]-(o)
OPTIONAL MATCH (s)-[at:PLACED_IN]->(a:Area)
RETURN s.id AS lot_id, g.id AS product_id, labels(o)[0] AS seller_kind, o.id AS seller_id,
  CASE WHEN o:Cooperative THEN o.name END AS seller_name, s.grade AS grade, s.lot_quantity_kg AS lot_quantity_kg,
  s.ready_on AS ready_on, s.use_by_on AS use_by_on, s.ask_fen_per_kg AS ask_fen_per_kg,
  s.min_split_quantity_kg AS min_split_quantity_kg, s.certificate_codes AS certificate_codes,
  s.lot_status AS lot_status, a.id AS area_id, a.name AS area_name, at.lat AS lat, at.lon AS lon,
  coalesce(s.is_made_up, false) AS is_made_up
ORDER BY lot_id
