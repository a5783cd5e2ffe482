// lots_of_members: the lots that cooperatives and the households in them offer
// parameters: cooperative_ids texts
// returns: cooperative_id text, lot_id text
UNWIND $cooperative_ids AS id
MATCH (c:Cooperative {id: id})<-[ms:MEMBER_OF*0..1]-(x)-[:PRODUCES]->(s:SupplyLot)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.lot_status IN ['open', 'part_sold']
RETURN DISTINCT c.id AS cooperative_id, s.id AS lot_id ORDER BY cooperative_id, lot_id
