"""In which order demands are told: the best price after transport first, then the nearer, then by id."""

from __future__ import annotations

import pandas as pd

from analysis.produce.constraints import failed_constraints


def ranked_buyers(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the possible pairs, by lot, best first."""
    possible = pairs[pairs["is_possible"]]
    return _sorted(possible, ["lot_id"], [True])


def ranked_refusals(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the other pairs, by lot, those that fewest constraints forbid first; adds `failed`, their names."""
    refused = pairs[~pairs["is_possible"]]
    failed = failed_constraints(refused)
    refused = refused.assign(failed=failed, failed_count=failed.map(len).astype("int64"))
    return _sorted(refused, ["lot_id", "failed_count"], [True, True])


def _sorted(pairs: pd.DataFrame, first: list[str], ascending: list[bool]) -> pd.DataFrame:
    return pairs.sort_values(
        [*first, "after_transport_fen_per_kg", "distance_km", "demand_id"],
        ascending=[*ascending, False, True, True],
        kind="stable",
        ignore_index=True,
    )
