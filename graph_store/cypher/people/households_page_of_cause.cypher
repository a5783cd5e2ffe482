// households_page_of_cause: the active households that live in one of some areas and at which a cause is open, those
//  with ids after $after, by id
// parameters: area_ids texts, cause_id text, after text, limit whole
// returns: household_id text
MATCH (:Cause {id: $cause_id})<-[f:AFFECTED_BY]-(h:Household)
WHERE f.ended_on IS NULL AND f.status <> 'refuted' AND h.household_status = 'active' AND h.id > $after
MATCH (h)-[l:LIVES_IN]->(v:Area) WHERE l.ended_on IS NULL AND v.id IN $area_ids
RETURN h.id AS household_id ORDER BY household_id LIMIT $limit
