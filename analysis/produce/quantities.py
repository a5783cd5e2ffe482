"""How much of a lot is left to sell, and how much of a demand is left to fill."""

from __future__ import annotations

import pandas as pd

from analysis.produce.frames import LEFT, OFFERED


def with_left_of_lots(lots: pd.DataFrame, commitments: pd.DataFrame, pools: pd.DataFrame) -> pd.DataFrame:
    """Return the lots with `left_quantity_kg`: less what is promised or came, and what is pooled in larger lots."""
    gone = _sums(lots, "lot_id", commitments, "committed_quantity_kg")
    gone += _sums(lots, "lot_id", pools, "pooled_quantity_kg")
    return lots.assign(**{LEFT: (lots["lot_quantity_kg"] - gone).clip(lower=0)})


def with_offered_of_lots(lots: pd.DataFrame, pools: pd.DataFrame) -> pd.DataFrame:
    """Return the lots with `offered_quantity_kg`: less what is pooled in a larger lot, which is on offer there."""
    pooled = _sums(lots, "lot_id", pools, "pooled_quantity_kg")
    return lots.assign(**{OFFERED: (lots["lot_quantity_kg"] - pooled).clip(lower=0)})


def with_left_of_demands(demands: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the demands with `left_quantity_kg`: less what is bound by a promise or was accepted."""
    gone = _sums(demands, "demand_id", commitments, "committed_quantity_kg")
    return demands.assign(**{LEFT: (demands["wanted_quantity_kg"] - gone).clip(lower=0)})


def _sums(frame: pd.DataFrame, key: str, parts: pd.DataFrame, column: str) -> pd.Series:
    sums = parts.groupby(key)[column].sum()
    return frame[key].map(sums).fillna(0.0).astype("float64")
