// lot_cooperatives: the cooperatives that could pool lots: the seller itself, or those that the seller is in
// parameters: lot_ids texts
// returns: lot_id text, cooperative_id text, cooperative_name text?
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})<-[:PRODUCES]-(o)-[ms:MEMBER_OF*0..1]->(c:Cooperative)
WHERE all(m IN ms WHERE m.ended_on IS NULL)
RETURN DISTINCT s.id AS lot_id, c.id AS cooperative_id, c.name AS cooperative_name ORDER BY lot_id, cooperative_id
