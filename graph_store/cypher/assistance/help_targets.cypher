// help_targets: the causes that help of households, and of those who live in them, is aimed at
// parameters: household_ids texts
// returns: household_id text, assistance_id text, cause_id text
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)-[:TARGETS]->(c:Cause)
WHERE all(m IN ms WHERE m.ended_on IS NULL)
RETURN DISTINCT h.id AS household_id, s.id AS assistance_id, c.id AS cause_id
ORDER BY household_id, assistance_id, cause_id
