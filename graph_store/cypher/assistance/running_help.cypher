// running_help: all help planned or running, of which household, what it delivers and under which programme
// parameters: day day
// returns: household_id text, assistance_id text, measure_id text?, programme_id text?
// Both ways lead from the few helps that run to a household, and join ids, since joining nodes takes twice as long.
CALL {
  MATCH (s:Assistance)-[:OF_HOUSEHOLD]->(h:Household)
  WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
  OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
  OPTIONAL MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
  RETURN h.id AS household_id, s.id AS assistance_id, b.id AS measure_id, p.id AS programme_id
  UNION
  MATCH (s:Assistance)-[:OF_PERSON]->(:Person)<-[m:HAS_MEMBER]-(h:Household)
  WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day AND m.ended_on IS NULL
  OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
  OPTIONAL MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
  RETURN h.id AS household_id, s.id AS assistance_id, b.id AS measure_id, p.id AS programme_id
}
RETURN household_id, assistance_id, measure_id, programme_id
ORDER BY household_id, assistance_id, measure_id, programme_id
