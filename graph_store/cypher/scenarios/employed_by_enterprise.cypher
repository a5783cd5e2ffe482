// employed_by_enterprise: active households with members whom an enterprise employs, how many, and how many work at all
// parameters: enterprise_id text
// returns: household_id text, employed_count whole, worker_count whole?
MATCH (:Enterprise {id: $enterprise_id})-[e:EMPLOYS]->(p:Person)<-[m:HAS_MEMBER]-(h:Household)
WHERE e.ended_on IS NULL AND m.ended_on IS NULL AND h.household_status = 'active'
RETURN h.id AS household_id, count(DISTINCT p) AS employed_count, h.worker_count AS worker_count
ORDER BY household_id
