// partner_bounds: the places and the money that every partner of a programme has for it
// parameters: none
// returns: programme_id text, partner_kind text, partner_id text, place_count whole?, budget_fen whole?
MATCH (p:Programme)-[w:PARTNERS_WITH]->(x)
RETURN p.id AS programme_id, labels(x)[0] AS partner_kind, x.id AS partner_id, w.place_count AS place_count,
  w.budget_fen AS budget_fen
ORDER BY programme_id, partner_kind, partner_id
