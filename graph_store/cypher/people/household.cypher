// household: what the graph holds of a household, but for the name of its head
// parameters: household_id text
// returns: household_id text, is_made_up flag, member_count whole?, worker_count whole?, migrant_worker_count whole?,
//  was_registered_poor flag?, poverty_exit_on day?, resettled_on day?, arable_mu number?, housing_grade text?,
//  productive_investment_fen whole?, resilience_share number?, household_status text?
MATCH (h:Household {id: $household_id})
RETURN h.id AS household_id, coalesce(h.is_made_up, false) AS is_made_up, h.member_count AS member_count,
  h.worker_count AS worker_count, h.migrant_worker_count AS migrant_worker_count,
  h.was_registered_poor AS was_registered_poor, h.poverty_exit_on AS poverty_exit_on, h.resettled_on AS resettled_on,
  h.arable_mu AS arable_mu, h.housing_grade AS housing_grade,
  h.productive_investment_fen AS productive_investment_fen, h.resilience_share AS resilience_share,
  h.household_status AS household_status
ORDER BY household_id
