// resources_of_programmes: resources, trainings and works that stand under programmes
// parameters: programme_ids texts
// returns: holder_kind text, holder_id text, node_kind text, resource_id text, name text?, purpose text?,
//   capacity number?, capacity_unit text?, starts_on day?, ends_on day?
// From the few resources to the programmes: the other way leads through all the help under a programme.
CALL {
  MATCH (x:Resource)-[:UNDER_PROGRAMME]->(o:Programme) WHERE o.id IN $programme_ids RETURN x, o
  UNION ALL
  MATCH (x:Training)-[:UNDER_PROGRAMME]->(o:Programme) WHERE o.id IN $programme_ids RETURN x, o
  UNION ALL
  MATCH (x:Infrastructure)-[:UNDER_PROGRAMME]->(o:Programme) WHERE o.id IN $programme_ids RETURN x, o
}
RETURN labels(o)[0] AS holder_kind, o.id AS holder_id, labels(x)[0] AS node_kind, x.id AS resource_id,
  CASE WHEN NOT x:Resource THEN x.name END AS name, coalesce(x.resource_kind, x.works_kind, x.topic) AS purpose,
  coalesce(x.capacity, toFloat(x.seat_count)) AS capacity, x.capacity_unit AS capacity_unit, x.starts_on AS starts_on,
  x.ends_on AS ends_on
ORDER BY holder_id, node_kind, resource_id
