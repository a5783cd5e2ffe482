// programme_terms: every programme: its money, its limit for a household, whom it is for, and when
// parameters: none
// returns: programme_id text, programme_name text?, budget_fen whole?, household_limit_fen whole?, eligible_codes texts?,
//   prerequisite text?, starts_on day?, ends_on day?, is_made_up flag
MATCH (p:Programme)
RETURN p.id AS programme_id, p.name AS programme_name, p.budget_fen AS budget_fen,
  p.household_limit_fen AS household_limit_fen, p.eligible_codes AS eligible_codes, p.prerequisite AS prerequisite,
  p.starts_on AS starts_on, p.ends_on AS ends_on, coalesce(p.is_made_up, false) AS is_made_up
ORDER BY programme_id
