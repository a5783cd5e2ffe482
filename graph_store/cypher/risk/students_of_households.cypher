// students_of_households: how many live in each of the named households, how many of them go to school, and
//  of how many that is unknown
// parameters: household_ids texts
// returns: household_id text, person_count whole, student_count whole, untold_count whole
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[m:HAS_MEMBER]->(p:Person) WHERE m.ended_on IS NULL AND p.died_on IS NULL
RETURN h.id AS household_id, count(p) AS person_count,
  sum(CASE WHEN p.school_stage <> 'none' THEN 1 ELSE 0 END) AS student_count,
  sum(CASE WHEN p.school_stage IS NULL THEN 1 ELSE 0 END) AS untold_count
ORDER BY household_id
