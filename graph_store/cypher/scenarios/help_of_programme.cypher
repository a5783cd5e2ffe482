// help_of_programme: help planned or running under a programme, of which household, and whether it goes to a member of
//  it rather than to the household
// parameters: programme_id text, day day
// returns: household_id text, assistance_id text, is_of_member flag
CALL {
  MATCH (:Programme {id: $programme_id})<-[:UNDER_PROGRAMME]-(s:Assistance)-[:OF_PERSON]->(:Person)<-[m:HAS_MEMBER]-(h:Household)
  WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
    AND m.ended_on IS NULL AND h.household_status = 'active'
  RETURN h.id AS household_id, s.id AS assistance_id, true AS is_of_member
  UNION
  MATCH (:Programme {id: $programme_id})<-[:UNDER_PROGRAMME]-(s:Assistance)-[:OF_HOUSEHOLD]->(h:Household)
  WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
    AND h.household_status = 'active' AND NOT EXISTS { (s)-[:OF_PERSON]->(:Person) }
  RETURN h.id AS household_id, s.id AS assistance_id, false AS is_of_member
}
RETURN household_id, assistance_id, is_of_member ORDER BY household_id, assistance_id
