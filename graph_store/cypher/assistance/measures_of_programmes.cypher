// measures_of_programmes: the measures that programmes offer
// parameters: programme_ids texts
// returns: programme_id text, measure_id text, place_count whole?, cost_fen whole?
UNWIND $programme_ids AS id
MATCH (p:Programme {id: id})-[o:OFFERS]->(b:Measure)
RETURN p.id AS programme_id, b.id AS measure_id, o.place_count AS place_count, o.cost_fen AS cost_fen
ORDER BY programme_id, measure_id
