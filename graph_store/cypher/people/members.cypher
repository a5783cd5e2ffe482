// members: who lives in a household, without names
// parameters: household_id text
// returns: person_id text, member_role text?, has_shared_budget flag?, birth_year whole?, sex text?,
//  school_stage text?, schooling_years whole?, disability_grade text?, has_chronic_illness flag?, work_place text?,
//  worked_months whole?, died_on day?, is_made_up flag
MATCH (:Household {id: $household_id})-[m:HAS_MEMBER]->(p:Person) WHERE m.ended_on IS NULL
RETURN p.id AS person_id, m.member_role AS member_role, m.has_shared_budget AS has_shared_budget,
  p.birth_year AS birth_year, p.sex AS sex, p.school_stage AS school_stage, p.schooling_years AS schooling_years,
  p.disability_grade AS disability_grade, p.has_chronic_illness AS has_chronic_illness, p.work_place AS work_place,
  p.worked_months AS worked_months, p.died_on AS died_on, coalesce(p.is_made_up, false) AS is_made_up
ORDER BY person_id
