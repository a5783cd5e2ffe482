"""What is promised of lots to demands: what still stands, what it holds, and what of it a plan must leave alone."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from analysis.frames import Contract, day_stamp
from analysis.produce.frames import LEFT
from policy.commitments import AGREED, HOLDING, PROPOSED, STANDING

# One row per commitment that holds something of its lot: `held_quantity_kg` is what is agreed or offered, and of what
# is delivered, what came.
PROMISES: Contract = {
    "commitment_id": "text",
    "commitment_status": "text",
    "lot_id": "text",
    "seller_kind": "text",
    "seller_id": "text",
    "seller_name": "text",
    "demand_id": "text",
    "enterprise_id": "text",
    "enterprise_name": "text",
    "product_id": "text",
    "cooperative_id": "text",
    "cooperative_name": "text",
    "held_quantity_kg": "number",
    "price_fen_per_kg": "whole",
    "arrives_on": "day",
    "is_made_up": "flag",
}
# A plan is set beside one of the weeks before; what arrived earlier says nothing about either.
REMEMBERED = timedelta(days=60)


def holding(promises: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the promises that hold something on a day: an offer whose day of arrival is past holds nothing."""
    is_past = (promises["commitment_status"] == PROPOSED) & (promises["arrives_on"] < day_stamp(day))
    holds = promises["commitment_status"].isin(HOLDING) & ~is_past
    return promises[holds].reset_index(drop=True)


def standing(promises: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the promises that hold something on a day and are still to come."""
    held = holding(promises, day)
    return held[held["commitment_status"].isin(STANDING)].reset_index(drop=True)


def without_offered(frame: pd.DataFrame, own_id: str, promises: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return lots or demands, named by `own_id`, with what is offered of them off `left_quantity_kg`.

    Of what is agreed, shipped or delivered it is off already (`produce.quantities`).
    """
    held = holding(promises, day)
    offered = held[held["commitment_status"] == PROPOSED].groupby(own_id)["held_quantity_kg"].sum()
    gone = frame[own_id].map(offered).fillna(0.0).astype("float64")
    return frame.assign(**{LEFT: (frame[LEFT] - gone).clip(lower=0)})


def without_collected(cooperatives: pd.DataFrame, promises: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return cooperatives with what they have promised to bring, and not sent yet, off `capacity_kg`."""
    held = holding(promises, day)
    waiting = held[held["commitment_status"].isin((PROPOSED, AGREED))]
    taken = waiting.groupby("cooperative_id")["held_quantity_kg"].sum()
    gone = cooperatives["cooperative_id"].map(taken).fillna(0.0).astype("float64")
    return cooperatives.assign(capacity_kg=(cooperatives["capacity_kg"] - gone).clip(lower=0))
