// partnerships_of_enterprises: the programmes that partner with enterprises, running or not
// parameters: enterprise_ids texts
// returns: programme_id text, programme_name text?, programme_starts_on day?, programme_ends_on day?, partner_kind text,
//   partner_id text, partner_name text?, partner_closed_on day?, starts_on day, ends_on day?, is_made_up flag
UNWIND $enterprise_ids AS id
MATCH (x:Enterprise {id: id})<-[w:PARTNERS_WITH]-(p:Programme)
RETURN p.id AS programme_id, p.name AS programme_name, p.starts_on AS programme_starts_on,
  p.ends_on AS programme_ends_on, labels(x)[0] AS partner_kind, x.id AS partner_id, x.name AS partner_name,
  x.closed_on AS partner_closed_on, w.starts_on AS starts_on, w.ends_on AS ends_on,
  coalesce(p.is_made_up, false) AS is_made_up
ORDER BY programme_id, partner_kind, partner_id
