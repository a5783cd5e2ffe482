// search: households of an area by their id or a part of the head's name ($q not empty), at most $limit
// parameters: area_id text, q text, limit whole
// returns: household_id text, head_name text?, area_id text
MATCH (:Area {id: $area_id})<-[:PART_OF*0..5]-(v:Area)<-[l:LIVES_IN]-(h:Household)
WHERE l.ended_on IS NULL AND (h.id = $q OR h.head_name CONTAINS $q)
RETURN h.id AS household_id, h.head_name AS head_name, v.id AS area_id ORDER BY household_id LIMIT $limit
