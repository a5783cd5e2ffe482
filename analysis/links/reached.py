"""How far the best chain of every household gets, for a whole county at once.

The same as `assistance.reach.reach_of_households` says of one household after the other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.assistance.reach import BREAKS, break_above, breaks_by
from analysis.links.census import Flags, Numbers, rows_in

WHOLE = len(BREAKS)


def best_breaks(household_ids: pd.Index, chains: pd.DataFrame, memberships: pd.DataFrame) -> Numbers:
    """Return for every household the place of its best break in `BREAKS`, WHOLE where a whole chain reaches it.

    `chains`: contract CHAINS, one row per household contract. `memberships`: those of a census.
    """
    best = np.zeros(len(household_ids), dtype=np.int64)
    joined, cooperatives = pd.factorize(memberships["cooperative_id"])
    at_cooperative, above = breaks_by(chains, "cooperative_id"), break_above(chains)
    levels = np.array([max(at_cooperative.get(name, [above])) for name in cooperatives], dtype=np.int64)
    if len(memberships):
        np.maximum.at(best, memberships["row"].to_numpy(), levels[joined])
    at_household = {name: max(places) for name, places in breaks_by(chains, "household_id").items() if name is not None}
    if at_household:
        rows = rows_in(household_ids, at_household)
        np.maximum.at(best, rows, np.fromiter(at_household.values(), dtype=np.int64))
    return best


def missing_counts(best: Numbers, chosen: Flags) -> dict[str, int]:
    """Return of how many of the chosen households the best chain misses which link, without those it reaches."""
    counts = np.bincount(best[chosen], minlength=WHOLE + 1)
    return dict(sorted((link, int(counts[place])) for place, link in enumerate(BREAKS) if counts[place]))


def counts_behind(memberships: pd.DataFrame, flags: Flags) -> dict[str, int]:
    """Return how many of the flagged households are in each cooperative; `memberships`: those of a census."""
    counted = memberships[flags[memberships["row"].to_numpy()]]["cooperative_id"].value_counts()
    return {str(cooperative): int(count) for cooperative, count in counted.items()}
