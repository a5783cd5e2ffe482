// programme_aims: the causes that help of households, planned or running under a programme, is aimed at
// parameters: household_ids texts, day day
// returns: household_id text, programme_id text, assistance_id text, cause_id text
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status IN ['planned', 'running']
  AND coalesce(s.ends_on, $day) >= $day
MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
MATCH (s)-[:TARGETS]->(c:Cause)
RETURN DISTINCT h.id AS household_id, p.id AS programme_id, s.id AS assistance_id, c.id AS cause_id
ORDER BY household_id, assistance_id, programme_id, cause_id
