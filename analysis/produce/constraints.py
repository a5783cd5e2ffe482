"""Whether a demand could take a lot: one column per constraint, so that matching and reasons never disagree.

That the demand takes the product at all is said in `produce.products`: other pairs are never looked at.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.produce.frames import LEFT
from analysis.produce.pairs import DEMAND, LOT
from policy.grades import is_good_enough

OPEN_LOTS = ("open", "part_sold")

# In the order in which they are told. Each is judged by itself; the later ones of a kind (a lot past its use-by day
# would also arrive too late) hold where an earlier one already says it.
CONSTRAINTS = (
    "lot_open",
    "lot_fresh",
    "lot_left",
    "buyer_open",
    "demand_running",
    "demand_left",
    "grade",
    "certificates",
    "place",
    "distance",
    "price",
    "window",
    "keeping",
    "batch",
    "split",
)


def with_constraints(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with one flag per constraint (`holds_<name>`), `missing_certificates` and `is_possible`.

    Source: analyses, surplus produce: product, grade, price with transport, dates with travel time, distance,
    certificates, smallest split and smallest batch.
    """
    lot_fresh = pairs["use_by_on"] >= pairs["day"]
    demand_running = pairs["ends_on"] >= pairs["day"]
    lot_left, demand_left = pairs[LEFT + LOT] > 0, pairs[LEFT + DEMAND] > 0
    is_trade = lot_left & demand_left
    missing = _missing_certificates(pairs)
    smallest_part = pairs[["min_split_quantity_kg", LEFT + LOT]].min(axis=1)
    holds = {
        "lot_open": pairs["lot_status"].isin(OPEN_LOTS),
        "lot_fresh": lot_fresh,
        "lot_left": lot_left,
        "buyer_open": ~(pairs["enterprise_closed_on"] <= pairs["day"]),
        "demand_running": demand_running,
        "demand_left": demand_left,
        "grade": _good_enough(pairs),
        "certificates": missing.map(len) == 0,
        "place": pairs["distance_km"].notna(),
        "distance": ~(pairs["distance_km"] > pairs["max_distance_km"]),
        "price": pairs["after_transport_fen_per_kg"] >= pairs["ask_fen_per_kg"],
        "window": ~demand_running | (pairs["arrives_on"] <= pairs["ends_on"]),
        "keeping": ~lot_fresh | (pairs["arrives_on"] <= pairs["use_by_on"]),
        "batch": ~is_trade | ~(pairs["quantity_kg"] < pairs["min_batch_quantity_kg"]),
        "split": ~is_trade | pairs["min_split_quantity_kg"].isna() | (pairs["quantity_kg"] >= smallest_part),
    }
    flags = {f"holds_{name}": holds[name].astype(bool) for name in CONSTRAINTS}
    possible = np.logical_and.reduce([flags[f"holds_{name}"].to_numpy(bool) for name in CONSTRAINTS])
    return pairs.assign(**flags, missing_certificates=missing, is_possible=possible)


def _good_enough(pairs: pd.DataFrame) -> pd.Series:
    """Return whether each lot is of the lowest grade wanted or better, by the order of grades where it lies."""
    offered, wanted, orders = pairs["grade"].tolist(), pairs["min_grade"].tolist(), pairs["grade_order"].tolist()
    return pd.Series(
        [is_good_enough(*each) for each in zip(offered, wanted, orders, strict=True)], index=pairs.index, dtype="bool"
    )


def _missing_certificates(pairs: pd.DataFrame) -> pd.Series:
    """Return the certificates that each demand asks for and the lot does not have, sorted."""
    held, asked = pairs[f"certificate_codes{LOT}"].tolist(), pairs[f"certificate_codes{DEMAND}"].tolist()
    return pd.Series(
        [tuple(sorted({*wanted} - {*has})) for has, wanted in zip(held, asked, strict=True)],
        index=pairs.index,
        dtype="object",
    )


def failed_constraints(pairs: pd.DataFrame) -> pd.Series:
    """Return the names of the constraints that forbid each pair, in order; none for a possible one."""
    flags = pairs[[f"holds_{name}" for name in CONSTRAINTS]].to_numpy(bool)
    failed = [tuple(name for name, holds in zip(CONSTRAINTS, row, strict=True) if not holds) for row in flags]
    return pd.Series(failed, index=pairs.index, dtype="object")
