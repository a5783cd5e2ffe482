// kin: households of kin and how they stand; is_from_us = our member is the one that kin_role speaks of
// parameters: household_id text
// returns: kin_id text, kin_role text?, is_from_us flag, household_status text?, case_state text?, finding_count whole
MATCH (h:Household {id: $household_id})-[m:HAS_MEMBER]->(p:Person)-[r:KIN_OF]-(:Person)<-[n:HAS_MEMBER]-(o:Household)
WHERE m.ended_on IS NULL AND n.ended_on IS NULL AND o.id <> h.id
WITH DISTINCT o, r.kin_role AS kin_role, startNode(r) = p AS is_from_us
OPTIONAL MATCH (o)<-[:OF_HOUSEHOLD]-(k:MonitoringCase) WHERE k.closed_on IS NULL
RETURN o.id AS kin_id, kin_role, is_from_us, o.household_status AS household_status, k.case_state AS case_state,
  COUNT { (o)-[f:AFFECTED_BY]->(:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted' } AS finding_count
ORDER BY kin_id, kin_role, is_from_us
