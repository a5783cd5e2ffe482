// help_by_home: the active households of an area, by the area at or below it that they live in, by whether a cause is
//  open at them, and by whether help for them or their members is planned or running
// parameters: area_id text, day day
// returns: area_id text, has_finding flag, has_help flag, household_count whole
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active'
WITH v.id AS area_id,
  EXISTS { (h)-[f:AFFECTED_BY]->(:Cause) WHERE f.ended_on IS NULL AND f.status <> 'refuted' } AS has_finding,
  (EXISTS { (h)<-[:OF_HOUSEHOLD]-(s:Assistance)
    WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day }
  OR EXISTS { (h)-[m:HAS_MEMBER]->(:Person)<-[:OF_PERSON]-(t:Assistance)
    WHERE m.ended_on IS NULL AND t.assistance_status IN ['planned', 'running']
      AND coalesce(t.ends_on, $day) >= $day }) AS has_help
RETURN area_id, has_finding, has_help, count(*) AS household_count ORDER BY area_id, has_finding, has_help
