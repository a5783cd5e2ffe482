// employers: who employs the members of a household
// parameters: household_id text
// returns: person_id text, employer_kind text, employer_id text, employer_name text?, work_place text?,
//  wage_fen_per_month whole?
MATCH (:Household {id: $household_id})-[m:HAS_MEMBER]->(p:Person)<-[e:EMPLOYS]-(o)
WHERE m.ended_on IS NULL AND e.ended_on IS NULL
RETURN p.id AS person_id, labels(o)[0] AS employer_kind, o.id AS employer_id, o.name AS employer_name,
  e.work_place AS work_place, e.wage_fen_per_month AS wage_fen_per_month
ORDER BY person_id, employer_id
