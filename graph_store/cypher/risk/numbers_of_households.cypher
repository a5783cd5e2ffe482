// numbers_of_households: the numbers observed of some indicators at the named households
// parameters: household_ids texts, indicator_ids texts
// returns: household_id text, indicator_id text, observation_id text, number_value number?, observed_on day
UNWIND $household_ids AS id
MATCH (h:Household {id: id})<-[:OF_HOUSEHOLD]-(o:Observation)-[:MEASURES]->(i:Indicator)
WHERE i.id IN $indicator_ids
RETURN h.id AS household_id, i.id AS indicator_id, o.id AS observation_id, o.number_value AS number_value,
  o.observed_on AS observed_on
ORDER BY household_id, observation_id
