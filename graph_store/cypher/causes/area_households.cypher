// area_households: an area's name, and how many active households live in it and below, some perhaps made up
// parameters: area_id text
// returns: name text?, household_count whole, made_up_count whole
MATCH (a:Area {id: $area_id})
RETURN a.name AS name,
  COUNT { MATCH (a)<-[:PART_OF*0..5]-(:Area)<-[l:LIVES_IN]-(h:Household)
    WHERE l.ended_on IS NULL AND h.household_status = 'active' } AS household_count,
  COUNT { MATCH (a)<-[:PART_OF*0..5]-(:Area)<-[l:LIVES_IN]-(h:Household)
    WHERE l.ended_on IS NULL AND h.household_status = 'active' AND h.is_made_up = true } AS made_up_count
