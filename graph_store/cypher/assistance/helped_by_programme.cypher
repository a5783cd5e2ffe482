// helped_by_programme: active households with help planned or running under a programme, and what it is aimed at
// parameters: programme_id text, day day
// returns: household_id text, assistance_id text, measure_id text?, cause_ids texts
MATCH (:Programme {id: $programme_id})<-[:UNDER_PROGRAMME]-(s:Assistance)
WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
MATCH (s)-[:OF_HOUSEHOLD|OF_PERSON]->(x)<-[ms:HAS_MEMBER*0..1]-(h:Household)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND h.household_status = 'active'
WITH DISTINCT h, s
OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
OPTIONAL MATCH (s)-[:TARGETS]->(c:Cause)
WITH h.id AS household_id, s.id AS assistance_id, b.id AS measure_id, c.id AS cause_id ORDER BY cause_id
RETURN household_id, assistance_id, measure_id, collect(cause_id) AS cause_ids ORDER BY household_id, assistance_id
