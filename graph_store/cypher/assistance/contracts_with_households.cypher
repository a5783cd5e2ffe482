// contracts_with_households: every contract that binds a household directly, running or not, and who signed it
// parameters: none
// returns: contract_id text, contract_kind text, starts_on day, ends_on day?, product_id text?, enterprise_id text,
//   enterprise_name text?, enterprise_closed_on day?, partner_kind text, partner_id text, partner_name text?,
//   partner_closed_on day?, is_made_up flag
MATCH (e:Enterprise)-[:SIGNS]->(k:Contract)-[:BINDS]->(x:Household)
OPTIONAL MATCH (k)-[:OF_PRODUCT]->(g:Product)
RETURN k.id AS contract_id, k.contract_kind AS contract_kind, k.starts_on AS starts_on, k.ends_on AS ends_on,
  g.id AS product_id, e.id AS enterprise_id, e.name AS enterprise_name, e.closed_on AS enterprise_closed_on,
  labels(x)[0] AS partner_kind, x.id AS partner_id, null AS partner_name,
  x.closed_on AS partner_closed_on, coalesce(k.is_made_up, false) AS is_made_up
ORDER BY contract_id
