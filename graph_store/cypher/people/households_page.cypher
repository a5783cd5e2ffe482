// households_page: the active households that live in an area or below it, those with ids after $after, by id
// parameters: area_id text, after text, limit whole
// returns: household_id text
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND h.household_status = 'active' AND h.id > $after
RETURN h.id AS household_id ORDER BY household_id LIMIT $limit
