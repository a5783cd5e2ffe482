// all_household_properties: what the rules on a household's properties read, of every active household
// parameters: none
// returns: household_id text, household_status text?, member_count whole?, worker_count whole?,
//  migrant_worker_count whole?, was_registered_poor flag?, arable_mu number?, housing_grade text?,
//  productive_investment_fen whole?, resilience_share number?
MATCH (h:Household) WHERE h.household_status = 'active'
RETURN h.id AS household_id, h.household_status AS household_status, h.member_count AS member_count,
  h.worker_count AS worker_count, h.migrant_worker_count AS migrant_worker_count,
  h.was_registered_poor AS was_registered_poor, h.arable_mu AS arable_mu, h.housing_grade AS housing_grade,
  h.productive_investment_fen AS productive_investment_fen, h.resilience_share AS resilience_share
ORDER BY household_id
