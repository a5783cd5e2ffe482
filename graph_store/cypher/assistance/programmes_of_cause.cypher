// programmes_of_cause: programmes that offer a measure against a cause
// parameters: cause_id text
// returns: programme_id text
MATCH (:Cause {id: $cause_id})<-[:MITIGATES]-(:Measure)<-[:OFFERS]-(p:Programme)
RETURN DISTINCT p.id AS programme_id ORDER BY programme_id
