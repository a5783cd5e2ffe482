// all_memberships: in which cooperatives every active household is, or was
// parameters: none
// returns: household_id text, cooperative_id text, cooperative_name text?, closed_on day?, ended_on day?, is_made_up flag
MATCH (h:Household)-[m:MEMBER_OF]->(c:Cooperative) WHERE h.household_status = 'active'
RETURN h.id AS household_id, c.id AS cooperative_id, c.name AS cooperative_name, c.closed_on AS closed_on,
  m.ended_on AS ended_on, coalesce(c.is_made_up, false) AS is_made_up
ORDER BY household_id, cooperative_id
