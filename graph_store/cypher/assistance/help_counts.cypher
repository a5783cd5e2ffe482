// help_counts: which of the households have help planned or running, and how much
// parameters: household_ids texts, day day
// returns: household_id text, help_count whole
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status IN ['planned', 'running']
  AND coalesce(s.ends_on, $day) >= $day
RETURN h.id AS household_id, count(DISTINCT s) AS help_count ORDER BY household_id
