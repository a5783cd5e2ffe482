// household_evidence: observations of a household, with the feed and whether an open contradiction compares them
// parameters: household_id text
// returns: observation_id text, indicator_id text, number_value number?, low_value number?, high_value number?,
//  answer text?, observed_on day, period_months whole?, feed_id text?, product_id text?, is_disputed flag
MATCH (:Household {id: $household_id})<-[:OF_HOUSEHOLD]-(o:Observation)-[:MEASURES]->(i:Indicator)
OPTIONAL MATCH (o)-[:FROM_FEED]->(d:Feed)
OPTIONAL MATCH (o)-[:OF_PRODUCT]->(p:Product)
RETURN o.id AS observation_id, i.id AS indicator_id, o.number_value AS number_value, o.low_value AS low_value,
  o.high_value AS high_value, o.answer AS answer, o.observed_on AS observed_on, o.period_months AS period_months,
  d.id AS feed_id, p.id AS product_id,
  EXISTS { MATCH (o)<-[:COMPARES]-(k:Contradiction) WHERE k.contradiction_status = 'open' } AS is_disputed
ORDER BY observation_id
