"""The contracts of the frames that a program is made of, beside LOTS and DEMANDS of `produce.frames`."""

from __future__ import annotations

from analysis.frames import Contract

# A column that LOTS may have beside their contract. Without it no seller is at risk.
AT_RISK = "is_at_risk"

# One row per cooperative that can pool. Missing: capacity_kg is without bound, storage_days 0, pool_fee_fen_per_kg that
# of the policy, closed_on open. Coordinates filled as for lots; without them it pools nothing unless a road is known.
COOPERATIVES: Contract = {
    "cooperative_id": "text",
    "area_id": "text",
    "lat": "number",
    "lon": "number",
    "capacity_kg": "number",
    "storage_days": "number",
    "pool_fee_fen_per_kg": "whole",
    "closed_on": "day",
}

# One row per lot and cooperative that could pool it: that of its seller, or the seller itself (see LOT_COOPERATIVES).
MEMBERS: Contract = {"lot_id": "text", "cooperative_id": "text"}

# One row per road that is known, between places: an area, a lot, a demand or a cooperative, by id. It holds in both
# directions unless it is one way or the other direction has a row of its own.
ROADS: Contract = {"from_id": "text", "to_id": "text", "road_km": "number", "is_one_way": "flag"}
