// lots_of_monitored: which of some lots are of a household that is monitored: recognised, and its case still open
// parameters: lot_ids texts
// returns: lot_id text
UNWIND $lot_ids AS id
MATCH (s:SupplyLot {id: id})<-[:PRODUCES]-(h:Household)<-[:OF_HOUSEHOLD]-(k:MonitoringCase)
WHERE k.recognised_on IS NOT NULL AND k.closed_on IS NULL
RETURN DISTINCT s.id AS lot_id ORDER BY lot_id
