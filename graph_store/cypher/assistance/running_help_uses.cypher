// running_help_uses: the resources and trainings that help planned or running uses
// parameters: day day
// returns: assistance_id text, resource_id text, used_value number?
MATCH (s:Assistance)-[u:USES]->(x)
WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
  AND (x:Resource OR x:Training)
RETURN s.id AS assistance_id, x.id AS resource_id, u.used_value AS used_value ORDER BY assistance_id, resource_id
