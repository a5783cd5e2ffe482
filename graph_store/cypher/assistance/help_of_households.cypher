// help_of_households: help of households and of those who live in them: what, from whom, under which programme
// parameters: household_ids texts
// returns: household_id text, assistance_id text, assistance_status text, amount_fen whole?, starts_on day,
//   ends_on day?, measure_id text?, programme_id text?, programme_name text?, provider_kind text?, provider_id text?,
//   provider_name text?, is_made_up flag
UNWIND $household_ids AS id
MATCH (h:Household {id: id})-[ms:HAS_MEMBER*0..1]->(x)<-[:OF_HOUSEHOLD|OF_PERSON]-(s:Assistance)
WHERE all(m IN ms WHERE m.ended_on IS NULL)
WITH DISTINCT h, s
OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
OPTIONAL MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
OPTIONAL MATCH (s)-[:PROVIDED_BY]->(o)
RETURN h.id AS household_id, s.id AS assistance_id, s.assistance_status AS assistance_status,
  s.amount_fen AS amount_fen, s.starts_on AS starts_on, s.ends_on AS ends_on, b.id AS measure_id,
  p.id AS programme_id, p.name AS programme_name, labels(o)[0] AS provider_kind, o.id AS provider_id,
  o.name AS provider_name, coalesce(s.is_made_up, false) AS is_made_up
ORDER BY household_id, assistance_id
