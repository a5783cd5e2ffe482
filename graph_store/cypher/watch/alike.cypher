// alike: what a household shares with others: causes, shocks that hit where it lives, buyers
// parameters: area_id text, day day
// returns: household_id text, has_clue flag, case_state text?, cause_ids texts, shock_ids texts, buyer_ids texts
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active'
OPTIONAL MATCH (h)<-[:OF_HOUSEHOLD]-(g:MonitoringCase) WHERE g.closed_on IS NULL
RETURN h.id AS household_id, EXISTS { (h)<-[:OF_HOUSEHOLD]-(:Clue) } AS has_clue, g.case_state AS case_state,
  [(h)-[f:AFFECTED_BY]->(c:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted' | c.id] AS cause_ids,
  [(v)-[:PART_OF*0..5]->(:Area)<-[:HIT]-(s:Shock) | s.id] AS shock_ids,
  [(h)-[m:MEMBER_OF]->(:Cooperative)<-[:BINDS]-(k:Contract)<-[:SIGNS]-(e:Enterprise)
    WHERE m.ended_on IS NULL AND k.starts_on <= $day AND coalesce(k.ends_on, $day) >= $day | e.id] AS buyer_ids
ORDER BY household_id
