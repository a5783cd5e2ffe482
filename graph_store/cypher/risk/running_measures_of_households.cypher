// running_measures_of_households: the measures that run for the named households or those who live in them
// parameters: household_ids texts, day day
// returns: household_id text, measure_id text
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status = 'running' AND coalesce(s.ends_on, $day) >= $day
MATCH (s)-[:DELIVERS]->(b:Measure)
RETURN DISTINCT h.id AS household_id, b.id AS measure_id ORDER BY household_id, measure_id
