// homes_since: where households lived on a day or moved to later: each home that had not ended by then
// parameters: since day
// returns: household_id text, area_id text, ended_on day?
MATCH (h:Household)-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL OR l.ended_on > $since
RETURN h.id AS household_id, v.id AS area_id, l.ended_on AS ended_on
ORDER BY household_id, ended_on, area_id
