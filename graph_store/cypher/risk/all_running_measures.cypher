// all_running_measures: the measures that run for households or those who live in them
// parameters: day day
// returns: household_id text, measure_id text
// Both ways lead from the few helps that run to a household, as in `assistance/running_help`.
CALL {
  MATCH (s:Assistance)-[:OF_HOUSEHOLD]->(h:Household)
  WHERE s.assistance_status = 'running' AND coalesce(s.ends_on, $day) >= $day
  MATCH (s)-[:DELIVERS]->(b:Measure)
  RETURN h.id AS household_id, b.id AS measure_id
  UNION
  MATCH (s:Assistance)-[:OF_PERSON]->(:Person)<-[m:HAS_MEMBER]-(h:Household)
  WHERE s.assistance_status = 'running' AND coalesce(s.ends_on, $day) >= $day AND m.ended_on IS NULL
  MATCH (s)-[:DELIVERS]->(b:Measure)
  RETURN h.id AS household_id, b.id AS measure_id
}
RETURN household_id, measure_id ORDER BY household_id, measure_id
