// helped_twice: which of the households have more than one help planned or running for one cause
// parameters: household_ids texts, day day
// returns: household_id text, cause_id text, assistance_ids texts
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)-[:TARGETS]->(c:Cause)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status IN ['planned', 'running']
  AND coalesce(s.ends_on, $day) >= $day
WITH DISTINCT h.id AS household_id, c.id AS cause_id, s.id AS assistance_id ORDER BY assistance_id
WITH household_id, cause_id, collect(assistance_id) AS assistance_ids WHERE size(assistance_ids) > 1
RETURN household_id, cause_id, assistance_ids ORDER BY household_id, cause_id
