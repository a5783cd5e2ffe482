// all_numbers: the numbers observed of some indicators at every household
// parameters: indicator_ids texts
// returns: household_id text, indicator_id text, observation_id text, number_value number?, observed_on day
UNWIND $indicator_ids AS id
MATCH (i:Indicator {id: id})<-[:MEASURES]-(o:Observation)-[:OF_HOUSEHOLD]->(h:Household)
RETURN h.id AS household_id, i.id AS indicator_id, o.id AS observation_id, o.number_value AS number_value,
  o.observed_on AS observed_on
ORDER BY household_id, observation_id
