// one_buyer: which of the households sell, by their own or their cooperatives' contracts, to one enterprise only
// parameters: household_ids texts, day day
// returns: household_id text, enterprise_id text, enterprise_name text?, contract_ids texts
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:MEMBER_OF*0..1]->(x)<-[:BINDS]-(k:Contract)<-[:SIGNS]-(e:Enterprise)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND k.contract_kind = 'purchase'
  AND k.starts_on <= $day AND coalesce(k.ends_on, $day) >= $day
  AND (e.closed_on IS NULL OR e.closed_on > $day) AND (x.closed_on IS NULL OR x.closed_on > $day)
WITH DISTINCT h.id AS household_id, e.id AS enterprise_id, e.name AS enterprise_name, k.id AS contract_id
ORDER BY contract_id
WITH household_id, count(DISTINCT enterprise_id) AS buyer_count, min(enterprise_id) AS enterprise_id,
  min(enterprise_name) AS enterprise_name, collect(contract_id) AS contract_ids WHERE buyer_count = 1
RETURN household_id, enterprise_id, enterprise_name, contract_ids ORDER BY household_id
