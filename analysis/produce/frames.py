"""The contracts of the frames that lots and demands are matched from."""

from __future__ import annotations

from analysis.frames import Contract

# One row per lot.
LOTS: Contract = {
    "lot_id": "text",
    "product_id": "text",
    "seller_kind": "text",
    "seller_id": "text",
    "seller_name": "text",
    "grade": "text",
    "lot_quantity_kg": "number",
    "ready_on": "day",
    "use_by_on": "day",
    "ask_fen_per_kg": "whole",
    "min_split_quantity_kg": "number",
    "certificate_codes": "texts",
    "lot_status": "text",
    "area_id": "text",
    "area_name": "text",
    "lat": "number",
    "lon": "number",
    "is_made_up": "flag",
}

# One row per lot that is recorded as on offer: what a sum over all of them needs.
OPEN_LOTS: Contract = {
    "lot_id": "text",
    "product_id": "text",
    "lot_quantity_kg": "number",
    "ready_on": "day",
    "use_by_on": "day",
    "is_made_up": "flag",
}

# One row per demand. `product_id` is what it wants; it may take other products as well (`produce.products`).
DEMANDS: Contract = {
    "demand_id": "text",
    "product_id": "text",
    "enterprise_id": "text",
    "enterprise_name": "text",
    "enterprise_closed_on": "day",
    "min_grade": "text",
    "wanted_quantity_kg": "number",
    "max_fen_per_kg": "whole",
    "max_distance_km": "number",
    "min_batch_quantity_kg": "number",
    "certificate_codes": "texts",
    "also_product_codes": "texts",
    "starts_on": "day",
    "ends_on": "day",
    "demand_status": "text",
    "area_id": "text",
    "area_name": "text",
    "lat": "number",
    "lon": "number",
    "is_made_up": "flag",
}

# One row per lot, or per demand, of which something is agreed, shipped or delivered.
LOT_COMMITMENTS: Contract = {"lot_id": "text", "committed_quantity_kg": "number"}
DEMAND_COMMITMENTS: Contract = {"demand_id": "text", "committed_quantity_kg": "number"}

# One row per lot and larger lot that it is pooled in.
POOLS: Contract = {"lot_id": "text", "pool_lot_id": "text", "pooled_quantity_kg": "number"}

# One row per lot and smaller lot that is pooled in it.
PARTS: Contract = {
    "lot_id": "text",
    "part_lot_id": "text",
    "seller_kind": "text",
    "seller_id": "text",
    "pooled_quantity_kg": "number",
}

# One row per lot and cooperative that could pool it.
LOT_COOPERATIVES: Contract = {"lot_id": "text", "cooperative_id": "text", "cooperative_name": "text"}

# One row per cooperative and lot of it or of a household in it.
MEMBER_LOTS: Contract = {"cooperative_id": "text", "lot_id": "text"}

# One row per lot: what a demand could still have of it. Adds to LOTS.
LEFT = "left_quantity_kg"

# One row per lot: what it holds without what is pooled in a larger lot. Adds to OPEN_LOTS.
OFFERED = "offered_quantity_kg"

# What `terms.with_terms` adds to LOTS: the numbers of trade that hold where the lot lies.
TERMS: Contract = {
    "road_factor": "number",
    "transport_fen_per_t_km": "number",
    "travel_km_per_day": "number",
    "loading_days": "number",
}
