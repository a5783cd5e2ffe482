"""What is on offer against what is wanted, by product and by week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import Row
from analysis.produce.frames import LEFT, OFFERED
from analysis.produce.weeks import Week, within

LOT_DAYS = {"begins": "ready_on", "ends": "use_by_on"}
DEMAND_DAYS = {"begins": "starts_on", "ends": "ends_on"}
_LOT_SUMS = {"offered_kg": OFFERED, "left_kg": LEFT}
_DEMAND_SUMS = {"wanted_kg": "wanted_quantity_kg", "unfilled_kg": LEFT}

Flags = NDArray[np.bool_]


def by_product(lots: pd.DataFrame, demands: pd.DataFrame) -> list[Row]:
    """Return one row per product that is offered or wanted, by code; each lot and each demand counts once.

    Columns: product_id, lot_count, offered_kg, left_kg, demand_count, wanted_kg, unfilled_kg, balance_kg (what is left
    less what is unfilled: below 0 more is wanted than there is). `lots`: OPEN_LOTS, `demands`: DEMANDS, both with
    `left_quantity_kg`.
    """
    return _rows(lots, demands, np.ones(len(lots), bool), np.ones(len(demands), bool))


def by_week(lots: pd.DataFrame, demands: pd.DataFrame, weeks: Iterable[Week]) -> Mapping[Week, list[Row]]:
    """Return for each week what `by_product` says of the lots and demands that hold on some day of it.

    What can be had in several weeks stands in each of them, so weeks cannot be added up.
    """
    return {
        week: _rows(
            lots,
            demands,
            within(lots, week, **LOT_DAYS).to_numpy(bool),
            within(demands, week, **DEMAND_DAYS).to_numpy(bool),
        )
        for week in weeks
    }


def _rows(lots: pd.DataFrame, demands: pd.DataFrame, of_lots: Flags, of_demands: Flags) -> list[Row]:
    offered = _sums(lots, of_lots, "lot_count", _LOT_SUMS)
    wanted = _sums(demands, of_demands, "demand_count", _DEMAND_SUMS)
    no_lots: Row = {"lot_count": 0, "offered_kg": 0.0, "left_kg": 0.0}
    no_demands: Row = {"demand_count": 0, "wanted_kg": 0.0, "unfilled_kg": 0.0}
    rows = []
    for product_id in sorted(offered.keys() | wanted.keys()):
        row = {"product_id": product_id, **offered.get(product_id, no_lots), **wanted.get(product_id, no_demands)}
        rows.append(row | {"balance_kg": float(str(row["left_kg"])) - float(str(row["unfilled_kg"]))})
    return rows


def _sums(frame: pd.DataFrame, counted: Flags, count: str, sums: Mapping[str, str]) -> dict[str, Row]:
    """Return by product how many of the counted rows there are, and the sums of their columns.

    Counted by hand: for a dozen weeks pandas takes fifty times as long to group.
    """
    codes, products = pd.factorize(frame["product_id"][counted])
    counts = np.bincount(codes, minlength=len(products))
    added = {
        name: np.bincount(codes, weights=frame[column].to_numpy("float64")[counted], minlength=len(products))
        for name, column in sums.items()
    }
    return {
        str(product): {count: int(counts[place]), **{name: float(values[place]) for name, values in added.items()}}
        for place, product in enumerate(products)
    }
