// help_pools: every resource, and every training for households: how much, whose, and under which programme
// parameters: none
// returns: resource_id text, node_kind text, resource_kind text, capacity number?, capacity_unit text?, starts_on day?,
//   ends_on day?, owner_kind text?, owner_id text?, programme_id text?
CALL {
  MATCH (x:Resource)
  OPTIONAL MATCH (x)-[:OWNED_BY]->(o)
  OPTIONAL MATCH (x)-[:UNDER_PROGRAMME]->(p:Programme)
  RETURN x.id AS resource_id, 'Resource' AS node_kind, x.resource_kind AS resource_kind, x.capacity AS capacity,
    x.capacity_unit AS capacity_unit, x.starts_on AS starts_on, x.ends_on AS ends_on, labels(o)[0] AS owner_kind,
    o.id AS owner_id, p.id AS programme_id
  UNION ALL
  MATCH (x:Training) WHERE NOT coalesce(x.is_for_staff, false)
  OPTIONAL MATCH (x)-[:OWNED_BY]->(o)
  OPTIONAL MATCH (x)-[:UNDER_PROGRAMME]->(p:Programme)
  RETURN x.id AS resource_id, 'Training' AS node_kind, 'training' AS resource_kind, toFloat(x.seat_count) AS capacity,
    'seat' AS capacity_unit, x.starts_on AS starts_on, x.ends_on AS ends_on, labels(o)[0] AS owner_kind,
    o.id AS owner_id, p.id AS programme_id
}
RETURN resource_id, node_kind, resource_kind, capacity, capacity_unit, starts_on, ends_on, owner_kind, owner_id,
  programme_id
ORDER BY resource_id, node_kind, programme_id
