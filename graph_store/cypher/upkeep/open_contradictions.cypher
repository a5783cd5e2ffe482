// open_contradictions: how many open contradictions the graph shows
// parameters: none
// returns: open_count whole
MATCH (k:Contradiction) RETURN count(k) AS open_count ORDER BY open_count
