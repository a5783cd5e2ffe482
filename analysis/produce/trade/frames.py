"""The contracts of the frames that promises are told from."""

from __future__ import annotations

from analysis.frames import Contract

# One row per commitment of the ledger, in whatever state.
COMMITMENTS: Contract = {
    "commitment_id": "text",
    "lot_id": "text",
    "demand_id": "text",
    "cooperative_id": "text",
    "run_id": "text",
    "commitment_status": "text",
    "agreed_quantity_kg": "number",
    "price_fen_per_kg": "whole",
    "arrives_on": "day",
    "agreed_on": "day",
    "delivered_quantity_kg": "number",
    "accepted_quantity_kg": "number",
    "reason": "text",
    "is_made_up": "flag",
}

# One row per delivery of the ledger.
DELIVERIES: Contract = {
    "delivery_id": "text",
    "commitment_id": "text",
    "delivered_quantity_kg": "number",
    "accepted_quantity_kg": "number",
    "grade": "text",
    "price_fen_per_kg": "whole",
    "paid_fen": "whole",
    "delivered_on": "day",
    "paid_on": "day",
    "reason": "text",
    "is_made_up": "flag",
}

# One row per lot, on offer or not.
LOT_SELLERS: Contract = {
    "lot_id": "text",
    "product_id": "text",
    "seller_kind": "text",
    "seller_id": "text",
    "seller_name": "text",
}

# One row per demand, open or not.
DEMAND_BUYERS: Contract = {
    "demand_id": "text",
    "product_id": "text",
    "enterprise_id": "text",
    "enterprise_name": "text",
}
