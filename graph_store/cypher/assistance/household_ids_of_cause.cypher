// household_ids_of_cause: every household with an open finding of a cause
// parameters: cause_id text
// returns: household_id text
MATCH (:Cause {id: $cause_id})<-[f:AFFECTED_BY]-(h:Household) WHERE f.ended_on IS NULL AND f.status <> 'refuted'
RETURN h.id AS household_id ORDER BY household_id
