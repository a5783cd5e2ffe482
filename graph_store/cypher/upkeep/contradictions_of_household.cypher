// contradictions_of_household: the open contradictions between feeds that belong to a household
// parameters: household_id text
// returns: contradiction_id text, rule_id text, subject_kind text?, subject_id text?, aspect text?, product_id text?,
//  household_id text?, held_feed text?, other_feed text?, held_text text?, other_text text?, held_on day?, other_on day?,
//  held_reason text?, is_sensitive flag
MATCH (h:Household {id: $household_id})<-[:OF_HOUSEHOLD]-(k:Contradiction)
OPTIONAL MATCH (k)-[:COMPARES]->(:Observation)-[:OF_PRODUCT]->(p:Product)
RETURN DISTINCT k.id AS contradiction_id, k.rule_id AS rule_id, k.subject_kind AS subject_kind, k.subject_id AS subject_id,
  k.aspect AS aspect, p.id AS product_id, h.id AS household_id, k.held_feed AS held_feed, k.other_feed AS other_feed,
  k.held_text AS held_text, k.other_text AS other_text, k.held_on AS held_on, k.other_on AS other_on,
  k.held_reason AS held_reason, coalesce(k.is_sensitive, false) AS is_sensitive
ORDER BY contradiction_id
