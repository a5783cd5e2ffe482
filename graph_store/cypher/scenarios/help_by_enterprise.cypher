// help_by_enterprise: help planned or running that an enterprise provides, and of which household
// parameters: enterprise_id text, day day
// returns: household_id text, assistance_id text
MATCH (:Enterprise {id: $enterprise_id})<-[:PROVIDED_BY]-(s:Assistance)
WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
MATCH (s)-[:OF_HOUSEHOLD|OF_PERSON]->(x)<-[ms:HAS_MEMBER*0..1]-(h:Household)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND h.household_status = 'active'
RETURN DISTINCT h.id AS household_id, s.id AS assistance_id ORDER BY household_id, assistance_id
