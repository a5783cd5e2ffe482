// contradiction_counts: the open contradictions of an area by the place directly below it that they are of or under, the
//  area itself standing for what is of no place below; those of active households, and those about areas themselves
// parameters: area_id text
// returns: place_id text, name text?, rule_id text, subject_kind text?, aspect text?, held_feed text?, other_feed text?,
//  is_sensitive flag, contradiction_count whole, made_up_count whole
CALL {
  MATCH (:Area {id: $area_id})<-[:PART_OF*0..1]-(p:Area)
  MATCH (p)<-[:PART_OF*0..4]-(v:Area) WHERE p.id <> $area_id OR v.id = $area_id
  MATCH (v)<-[l:LIVES_IN]-(h:Household)<-[:OF_HOUSEHOLD]-(k:Contradiction)
  WHERE l.ended_on IS NULL AND h.household_status = 'active'
  RETURN p.id AS place_id, p.name AS name, k.rule_id AS rule_id, k.subject_kind AS subject_kind, k.aspect AS aspect,
    k.held_feed AS held_feed, k.other_feed AS other_feed, coalesce(k.is_sensitive, false) AS is_sensitive,
    count(k) AS contradiction_count, sum(CASE WHEN k.is_made_up = true THEN 1 ELSE 0 END) AS made_up_count
  UNION ALL
  MATCH (k:Contradiction) WHERE k.subject_kind = 'Area'
  MATCH (v:Area {id: k.subject_id})-[:PART_OF*0..4]->(p:Area)-[:PART_OF*0..1]->(:Area {id: $area_id})
  WHERE p.id <> $area_id OR v.id = $area_id
  RETURN p.id AS place_id, p.name AS name, k.rule_id AS rule_id, k.subject_kind AS subject_kind, k.aspect AS aspect,
    k.held_feed AS held_feed, k.other_feed AS other_feed, coalesce(k.is_sensitive, false) AS is_sensitive,
    count(k) AS contradiction_count, sum(CASE WHEN k.is_made_up = true THEN 1 ELSE 0 END) AS made_up_count
}
RETURN place_id, name, rule_id, subject_kind, aspect, held_feed, other_feed, is_sensitive, contradiction_count,
  made_up_count
ORDER BY place_id, rule_id, subject_kind, aspect, held_feed, other_feed, is_sensitive
