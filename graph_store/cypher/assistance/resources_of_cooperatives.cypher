// resources_of_cooperatives: resources, trainings and works that cooperatives own
// parameters: cooperative_ids texts
// returns: holder_kind text, holder_id text, node_kind text, resource_id text, name text?, purpose text?,
//   capacity number?, capacity_unit text?, starts_on day?, ends_on day?
UNWIND $cooperative_ids AS id
MATCH (o:Cooperative {id: id})<-[:OWNED_BY]-(x)
RETURN labels(o)[0] AS holder_kind, o.id AS holder_id, labels(x)[0] AS node_kind, x.id AS resource_id,
  CASE WHEN NOT x:Resource THEN x.name END AS name, coalesce(x.resource_kind, x.works_kind, x.topic) AS purpose,
  coalesce(x.capacity, toFloat(x.seat_count)) AS capacity, x.capacity_unit AS capacity_unit, x.starts_on AS starts_on,
  x.ends_on AS ends_on
ORDER BY holder_id, node_kind, resource_id
