// all_help: all help, of which household: what, how much, from whom, under which programme
// parameters: none
// returns: household_id text, assistance_id text, assistance_status text, amount_fen whole?, starts_on day, ends_on day?,
//   measure_id text?, programme_id text?, provider_kind text?, provider_id text?
// Both ways lead from the help to a household, as in `assistance/running_help`.
CALL {
  MATCH (s:Assistance)-[:OF_HOUSEHOLD]->(h:Household)
  OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
  OPTIONAL MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
  OPTIONAL MATCH (s)-[:PROVIDED_BY]->(o)
  RETURN h.id AS household_id, s.id AS assistance_id, s.assistance_status AS assistance_status,
    s.amount_fen AS amount_fen, s.starts_on AS starts_on, s.ends_on AS ends_on, b.id AS measure_id,
    p.id AS programme_id, labels(o)[0] AS provider_kind, o.id AS provider_id
  UNION
  MATCH (s:Assistance)-[:OF_PERSON]->(:Person)<-[m:HAS_MEMBER]-(h:Household)
  WHERE m.ended_on IS NULL
  OPTIONAL MATCH (s)-[:DELIVERS]->(b:Measure)
  OPTIONAL MATCH (s)-[:UNDER_PROGRAMME]->(p:Programme)
  OPTIONAL MATCH (s)-[:PROVIDED_BY]->(o)
  RETURN h.id AS household_id, s.id AS assistance_id, s.assistance_status AS assistance_status,
    s.amount_fen AS amount_fen, s.starts_on AS starts_on, s.ends_on AS ends_on, b.id AS measure_id,
    p.id AS programme_id, labels(o)[0] AS provider_kind, o.id AS provider_id
}
RETURN household_id, assistance_id, assistance_status, amount_fen, starts_on, ends_on, measure_id, programme_id,
  provider_kind, provider_id
ORDER BY household_id, assistance_id, measure_id, programme_id
