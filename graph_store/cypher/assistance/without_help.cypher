// without_help: which of the households have an open finding and no help planned or running
// parameters: household_ids texts, day day
// returns: household_id text
UNWIND $household_ids AS id
MATCH (h:Household {id: id})
WHERE EXISTS { (h)-[f:AFFECTED_BY]->(:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted' }
  AND NOT EXISTS { (h)-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
    WHERE all(m IN ms WHERE m.ended_on IS NULL) AND s.assistance_status IN ['planned', 'running']
      AND coalesce(s.ends_on, $day) >= $day }
RETURN h.id AS household_id ORDER BY household_id
