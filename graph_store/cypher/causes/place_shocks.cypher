// place_shocks: shocks that hit an area a household lives in, with the cause each triggers
// parameters: household_id text
// returns: shock_id text, cause_id text, area_id text, shock_kind text, severity number, starts_on day, ends_on day?
MATCH (:Household {id: $household_id})-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL
MATCH (v)-[:PART_OF*0..5]->(a:Area)<-[:HIT]-(s:Shock)-[:TRIGGERS]->(c:Cause)
RETURN s.id AS shock_id, c.id AS cause_id, a.id AS area_id, s.shock_kind AS shock_kind, s.severity AS severity,
  s.starts_on AS starts_on, s.ends_on AS ends_on
ORDER BY shock_id, area_id
