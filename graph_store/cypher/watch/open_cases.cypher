// open_cases: open monitoring cases of an area by the day they are due, those without one last
// parameters: area_id text
// returns: case_id text, household_id text, case_state text?, due_on day?
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(:Area)<-[l:LIVES_IN]-(h:Household)<-[:OF_HOUSEHOLD]-(k:MonitoringCase)
WHERE l.ended_on IS NULL AND k.closed_on IS NULL
RETURN k.id AS case_id, h.id AS household_id, k.case_state AS case_state, k.due_on AS due_on ORDER BY due_on, case_id
