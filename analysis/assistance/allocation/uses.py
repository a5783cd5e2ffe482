"""Which resources the helps of a plan use: the pools that chains take from, brought down to the things behind them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.assistance.allocation.build import Allocation
from analysis.assistance.plan.program import Units


class Use(NamedTuple):
    """What one help uses of a resource or training (its node kind and id), in the unit that it is recorded in."""

    kind: str
    resource_id: str
    value: float


def uses_of(allocation: Allocation, units: Units) -> dict[int, tuple[Use, ...]]:
    """Return by chain of the program what its help uses; a chain that takes from no pool is not there.

    The resources of a pool are used up in the order of their ids, so that one help may use two of them.
    """
    resources = allocation.pools.resources
    left = {
        str(pool): [
            list(row) for row in rows[["node_kind", "resource_id", "left", "unit_count"]].itertuples(index=False)
        ]
        for pool, rows in resources.groupby("pool_id")
    }
    chains = allocation.program.chains
    given = np.flatnonzero((units > 0) & chains["pool_id"].notna().to_numpy(bool))
    found = {}
    columns = zip(given.tolist(), chains["pool_id"].iloc[given], chains["measure_id"].iloc[given], strict=True)
    for chain, pool, measure in columns:
        wanted = allocation.takes[str(measure)].amount * int(units[chain])
        uses = []
        for row in left[str(pool)]:
            kind, resource_id, amount, unit_count = row
            part = min(wanted, amount)
            if part > 0:
                uses.append(Use(str(kind), str(resource_id), part / unit_count))
                row[2], wanted = amount - part, wanted - part
        found[chain] = tuple(uses)
    return found
