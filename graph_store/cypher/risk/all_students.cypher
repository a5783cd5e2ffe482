// all_students: how many live in each household, how many of them go to school, and of how many that is unknown
// parameters: none
// returns: household_id text, person_count whole, student_count whole, untold_count whole
MATCH (p:Person)<-[m:HAS_MEMBER]-(h:Household) WHERE m.ended_on IS NULL AND p.died_on IS NULL
RETURN h.id AS household_id, count(p) AS person_count,
  sum(CASE WHEN p.school_stage <> 'none' THEN 1 ELSE 0 END) AS student_count,
  sum(CASE WHEN p.school_stage IS NULL THEN 1 ELSE 0 END) AS untold_count
ORDER BY household_id
