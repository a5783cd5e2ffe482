// running_help_aims: the causes that help planned or running is aimed at
// parameters: day day
// returns: assistance_id text, cause_id text
MATCH (s:Assistance)-[:TARGETS]->(c:Cause)
WHERE s.assistance_status IN ['planned', 'running'] AND coalesce(s.ends_on, $day) >= $day
RETURN s.id AS assistance_id, c.id AS cause_id ORDER BY assistance_id, cause_id
