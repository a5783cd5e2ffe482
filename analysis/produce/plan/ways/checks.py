"""What no program can be made of, named before anything is reckoned."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import QuestionError

# A million tonnes, and ten thousand yuan a kg: beyond any lot, and far within what whole numbers hold.
MOST_KG = 1e9
MOST_FEN = 1_000_000


def check_frames(lots: pd.DataFrame, demands: pd.DataFrame, cooperatives: pd.DataFrame) -> None:
    """Raise QuestionError where an id stands twice, or a quantity or price is below 0, endless or absurd."""
    sides = (
        (lots, "lot_id", ("left_quantity_kg", "min_split_quantity_kg"), "ask_fen_per_kg"),
        (demands, "demand_id", ("left_quantity_kg", "min_batch_quantity_kg"), "max_fen_per_kg"),
        (cooperatives, "cooperative_id", ("capacity_kg", "storage_days"), "pool_fee_fen_per_kg"),
    )
    for frame, own_id, quantities, price in sides:
        _check_ids(frame[own_id])
        for column in quantities:
            _check_range(frame, own_id, column, MOST_KG)
        _check_range(frame, own_id, price, MOST_FEN)


def _check_ids(ids: pd.Series) -> None:
    for each in ids[ids.duplicated()]:
        raise QuestionError("plan_id_twice", id=each, count=int((ids == each).sum()))


def _check_range(frame: pd.DataFrame, own_id: str, column: str, most: float) -> None:
    values = frame[column].astype("float64").to_numpy()
    for row in np.flatnonzero((values < 0) | (values > most)):
        raise QuestionError(
            "plan_number_absurd", id=frame[own_id].iloc[row], column=column, value=float(values[row]), most=most
        )
