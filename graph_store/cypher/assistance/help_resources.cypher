// help_resources: the resources, trainings and works that help of households uses
// parameters: household_ids texts
// returns: household_id text, assistance_id text, node_kind text, resource_id text, used_value number?
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)-[u:USES]->(r)
WHERE all(m IN ms WHERE m.ended_on IS NULL)
RETURN DISTINCT h.id AS household_id, s.id AS assistance_id, labels(r)[0] AS node_kind, r.id AS resource_id,
  u.used_value AS used_value
ORDER BY household_id, assistance_id, node_kind, resource_id
