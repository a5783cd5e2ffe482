// versions: the ledger version that the graph has taken in, by table
// parameters: none
// returns: table_name text, version whole
MATCH (m:_Meta) RETURN m.id AS table_name, m.version AS version ORDER BY table_name
