"""From which pool each way of a try takes: one row per pool that it may take from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.allocation.bounds import Bounds
from analysis.assistance.allocation.joins import NONE, Flags, Places, index_of, places_in
from analysis.assistance.allocation.pools import AGENCY, PROGRAMME, Pools
from analysis.assistance.allocation.ways import COOPERATIVE, ENTERPRISE
from policy.help_resources import TakenResource

Names = NDArray[np.object_]


@dataclass(frozen=True)
class Taking:
    """Ways with the pool that each takes from, sorted by way, then pool.

    `row`: the place of the way among those given, `pool`: its pool, -1 where it takes none. `is_left_out`: per way
    that was given, whether the programme has such a resource elsewhere and this way none, so that it leads nowhere.
    `unknown`: codes of measures that take a resource of which nothing is known, so that nothing bounds them.
    """

    row: Places
    pool: Places
    is_left_out: Flags
    unknown: tuple[str, ...]


def takings(
    pools: Pools, bounds: Bounds, heads: pd.DataFrame, takes: Mapping[str, TakenResource], rows: tuple[Places, Places]
) -> Taking:
    """Return each way once per pool that it may take from. `rows`: per way its offer and its head (-1: none), places.

    A measure that takes a kind of resource takes it where the programme has any: under it, of its agency, or of an
    enterprise or a cooperative on any of its ways. Where it has none, nothing bounds it.
    """
    offer, head = rows
    kinds = index_of([each.resource_kind for each in takes.values()])
    of_offer = [takes[code].resource_kind if code in takes else None for code in bounds.offers["measure_id"]]
    kind = places_in(kinds, of_offer)[offer]
    programme = bounds.offers["programme"].to_numpy(dtype=np.int64)[offer]
    own = {
        PROGRAMME: bounds.programmes["programme_id"].to_numpy(dtype=object),
        AGENCY: bounds.programmes["agency_id"].to_numpy(dtype=object),
    }
    on_way = {
        ENTERPRISE: heads["enterprise_id"].to_numpy(dtype=object),
        COOPERATIVE: heads["cooperative_id"].to_numpy(dtype=object),
    }
    of_programme = np.stack([_pools_at(pools, who, ids, kinds) for who, ids in own.items()])
    of_head = np.stack([_pools_at(pools, who, ids, kinds) for who, ids in on_way.items()])
    known = (of_programme[:, :-1] != NONE).any(axis=0)
    np.logical_or.at(known, heads["programme"].to_numpy(dtype=np.int64), (of_head[:, :-1] != NONE).any(axis=0))
    candidates = np.concatenate([of_programme[:, programme, kind], of_head[:, head, kind]])
    must_take = known[programme, kind] & (kind != NONE)
    layer, found = np.nonzero((candidates != NONE) & must_take)
    free = np.flatnonzero(~must_take)
    row, pool = np.append(found, free), np.append(candidates[layer, found], np.full(len(free), NONE))
    order = np.lexsort((pool, row))
    unbound = {*bounds.offers["measure_id"].to_numpy(dtype=object)[np.unique(offer[~must_take & (kind != NONE)])]}
    has_none = ~(candidates != NONE).any(axis=0)
    return Taking(row[order], pool[order], must_take & has_none, tuple(sorted(unbound)))


def _pools_at(pools: Pools, access_kind: str, ids: Names, kinds: pd.Index) -> Places:
    """Return by id (the last row: none) and kind (the last column: none) the pool that is there, -1 where none is."""
    mine = np.flatnonzero(pools.pools["access_kind"] == access_kind)
    holders = index_of(pools.pools["access_id"].iloc[mine])
    place = np.full((len(holders) + 1, len(kinds) + 1), NONE, dtype=np.int64)
    kind = places_in(kinds, pools.pools["kind"].iloc[mine])
    place[places_in(holders, pools.pools["access_id"].iloc[mine]), kind] = mine
    found: Places = place[np.append(places_in(holders, ids), NONE)]
    return found
