"""Pooled ways that no best plan needs, left out to keep programs small."""

from __future__ import annotations

import numpy as np

from analysis.produce.plan.ways.fit import Found
from analysis.produce.plan.ways.sides import Flags, Sides, Whole


def replaceable(pooled: Sides, ways: Found, own: Sides, direct: Found, min_batch_kg: Whole) -> Flags:
    """Return which pooled ways a direct way of the same lot to the same demand replaces in every plan.

    It does where the demand has no smallest batch above 1 kg, and the direct way earns more a kg, or as much and is not
    longer. Proof: take any plan that uses such a pooled way, and let the seller send those kilograms himself. The lot
    gives the same, the demand gets the same, the cooperative carries less; the direct part grows, so it keeps the
    smallest split; without a smallest batch neither delivery can become too small. Sold weight is equal, income is not
    less, and where it is equal transport is not more. So a best plan without the way exists. With a smallest batch the
    other lots of the load may need these kilograms, and nothing is left out.
    """
    flags: Flags = np.zeros(len(ways.sender), bool)
    count = len(min_batch_kg)
    demand = pooled.takers.demand[ways.taker]
    may = np.flatnonzero(min_batch_kg[demand] <= 1)
    offered = own.senders.lot[direct.sender] * count + own.takers.demand[direct.taker]
    if not len(may) or not len(offered):
        return flags
    order = np.argsort(offered)
    offered = offered[order]
    wanted = pooled.senders.lot[ways.sender[may]] * count + demand[may]
    # Looking up in rising order is several times faster: what is near in one array is near in the other.
    rising = np.argsort(wanted)
    may, wanted = may[rising], wanted[rising]
    at = np.searchsorted(offered, wanted).clip(max=len(offered) - 1)
    is_there = offered[at] == wanted
    may, at = may[is_there], order[at[is_there]]
    less = direct.income_fen_per_kg[at] - ways.income_fen_per_kg[may]
    flags[may] = (less > 0) | ((less == 0) & (direct.distance_hm[at] <= ways.distance_hm[may]))
    return flags


def out_of_reach(
    pooled: Sides, ways: Found, lot_kg: Whole, demand_kg: Whole, min_batch_kg: Whole, capacity_kg: Whole
) -> Flags:
    """Return which pooled ways belong to a load that cannot reach the smallest batch, whatever is in it.

    All its lots together, what the cooperative can collect and what is left of the demand are each an upper bound of
    the load; where one is below the smallest batch the load is 0 in every plan.
    """
    lot, cooperative = pooled.senders.lot[ways.sender], pooled.senders.cooperative[ways.sender]
    demand = pooled.takers.demand[ways.taker]
    _, group = np.unique(cooperative * len(demand_kg) + demand, return_inverse=True)
    together = np.bincount(group, weights=lot_kg[lot])[group] if len(group) else np.empty(0)
    most = np.minimum(together, demand_kg[demand])
    has_bound = capacity_kg[cooperative] >= 0
    most = np.where(has_bound, np.minimum(most, capacity_kg[cooperative]), most)
    too_little: Flags = most < min_batch_kg[demand]
    return too_little
