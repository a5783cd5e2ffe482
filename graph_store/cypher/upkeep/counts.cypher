// counts: how many nodes or relationships there are of each kind
// parameters: none
// returns: kind text, row_count whole
CALL { MATCH (n) RETURN labels(n)[0] AS kind, count(*) AS row_count
  UNION ALL MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS row_count }
RETURN kind, row_count ORDER BY kind
