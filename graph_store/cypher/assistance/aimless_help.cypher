// aimless_help: help planned or running that is aimed at no open finding of its household
// parameters: household_ids texts, day day
// returns: household_id text, assistance_id text, has_target flag
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status IN ['planned', 'running']
  AND coalesce(s.ends_on, $day) >= $day
  AND NOT EXISTS { MATCH (s)-[:TARGETS]->(c:Cause) MATCH (h)-[f:AFFECTED_BY]->(c)
    WHERE f.ended_on IS NULL AND f.status <> 'refuted' }
RETURN DISTINCT h.id AS household_id, s.id AS assistance_id, EXISTS { (s)-[:TARGETS]->(:Cause) } AS has_target
ORDER BY household_id, assistance_id
