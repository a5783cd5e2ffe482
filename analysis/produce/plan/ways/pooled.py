"""Lots that set out from a cooperative of their seller, and the one day on which it brings them to a demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.produce.distance import great_circle_km
from analysis.produce.plan.ways.coding import seconds
from analysis.produce.plan.ways.fit import Found
from analysis.produce.plan.ways.roads import ENDS, Roads
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY, Flags, Numbers, Senders, Sides, Whole


def pooled_senders(
    lots: pd.DataFrame,
    own: Senders,
    cooperatives: pd.DataFrame,
    members: pd.DataFrame,
    roads: Roads,
    *,
    day: int,
    fee_fen: int,
) -> Senders:
    """Return one sender per lot and cooperative that could pool it, setting out from the cooperative.

    `own`: the lots that set out by themselves; `lots`, `cooperatives`: sorted by id. The rules: the lot is loaded and
    driven to the cooperative at the terms of the place where it lies and must keep until it is there; there it is
    loaded once more; what the cooperative can store, it keeps so many days longer. The seller bears the transport of
    both ways and the fee, the cooperative's own or `fee_fen`; a cooperative takes none for its own lots. A closed
    cooperative, and one that can collect nothing, pools nothing.
    """
    row_of_lot = np.full(len(lots), -1, np.int64)
    row_of_lot[own.lot] = np.arange(len(own.lot))
    pairs = members[["lot_id", "cooperative_id"]].drop_duplicates()
    lot = pd.Index(lots["lot_id"]).get_indexer(pairs["lot_id"])
    cooperative = pd.Index(cooperatives["cooperative_id"]).get_indexer(pairs["cooperative_id"])
    is_known = (lot >= 0) & (cooperative >= 0)
    lot, cooperative = lot[is_known], cooperative[is_known]
    can_pool = _can_pool(cooperatives, day)[cooperative] & (row_of_lot[lot] >= 0)
    lot, cooperative = lot[can_pool], cooperative[can_pool]
    senders, pools = own.only(row_of_lot[lot]), cooperatives.iloc[cooperative]
    loading = (lots["loading_days"].to_numpy(np.float64)[lot] * SECONDS_PER_DAY).astype(np.int64)
    stored = (pools["storage_days"].fillna(0).to_numpy(np.float64) * SECONDS_PER_DAY).astype(np.int64)
    fee = pools["pool_fee_fen_per_kg"].fillna(fee_fen).to_numpy(np.int64)
    fee = np.where(lots["seller_id"].to_numpy(object)[lot] == pools["cooperative_id"].to_numpy(object), 0, fee)
    changed = replace(
        senders,
        cooperative=cooperative.astype(np.int64),
        lat=pools["lat"].to_numpy(np.float64),
        lon=pools["lon"].to_numpy(np.float64),
        place=roads.codes(pools["cooperative_id"]),
        area=roads.codes(pools["area_id"]),
        fee_fen=fee,
    )
    km = _collected_km(senders, changed, roads)
    there = senders.leaves + np.floor(np.nan_to_num(km) / senders.km_per_day).astype(np.int64) * SECONDS_PER_DAY
    changed = replace(
        changed,
        before_km=km,
        leaves=senders.leaves + loading,
        keeps_until=senders.keeps_until + stored,
        floor_fen=senders.floor_fen + fee,
    )
    return changed.only(~np.isnan(km) & (there <= senders.keeps_until))


def _can_pool(cooperatives: pd.DataFrame, day: int) -> Flags:
    is_open = seconds(cooperatives["closed_on"], np.iinfo(np.int64).max) > day
    has_room = ~(cooperatives["capacity_kg"].to_numpy(np.float64) < 1)
    flags: Flags = is_open & has_room
    return flags


def _collected_km(lots: Senders, pooled: Senders, roads: Roads) -> Numbers:
    """Return the road from each lot to its cooperative, to 0.1 km: the known one, else by the straight line."""
    km: Numbers = np.round(great_circle_km(lots.lat, lots.lon, pooled.lat, pooled.lon) * lots.road_factor, 1)
    for from_end, to_end in reversed(ENDS):
        known = roads.between(getattr(lots, from_end), getattr(pooled, to_end))
        km = np.where(np.isnan(known), km, known)
    return km


def in_one_load(sides: Sides, found: Found, quantity_kg: Whole, has_batch: Flags) -> Found:
    """Return the pooled ways with what a cooperative brings to a demand with a smallest batch made one load.

    Such a batch must be together on one day: the day in the reach of most kilograms of its lots, the earliest of
    several. Lots that are not there by then, or do not keep until then, are not in it. Without a smallest batch each
    lot goes when it can. `quantity_kg`: by lot; `has_batch`: by demand.
    """
    batched = has_batch[sides.takers.demand[found.taker]]
    load = found.only(np.flatnonzero(batched))
    if not len(load.sender):
        return found
    lot, cooperative = sides.senders.lot[load.sender], sides.senders.cooperative[load.sender]
    demand = sides.takers.demand[load.taker]
    last = np.minimum(sides.takers.ends[load.taker], sides.senders.keeps_until[load.sender])
    _, group = np.unique(cooperative * len(has_batch) + demand, return_inverse=True)
    chosen = fullest_times(group, load.arrives, last, quantity_kg[lot])[group]
    together = (load.arrives <= chosen) & (chosen <= last)
    arrives = found.arrives.copy()
    arrives[batched] = chosen
    kept = np.ones(len(batched), bool)
    kept[batched] = together
    return Found(found.sender, found.taker, found.income_fen_per_kg, found.distance_hm, arrives).only(kept)


def fullest_times(group: Whole, first: Whole, last: Whole, weight: Whole) -> Whole:
    """Return for each group (0, 1, ...) the earliest time that lies in stretches of most weight.

    A stretch lasts from its first to its last time, both within, and weighs more than nothing. It comes in at its first
    and goes out after its last; the running sum over all groups, in order, is that within each, for every stretch that
    came in goes out in the same group.
    """
    time, change = np.concatenate((first, last + 1)), np.concatenate((weight, -weight))
    groups = np.concatenate((group, group))
    # What goes out goes before what comes in at the same time. One key sorts several times faster than three.
    since = time - time.min()
    order = np.argsort((groups * (int(since.max()) + 1) + since) * 2 + (change > 0))
    time, groups, running = time[order], groups[order], np.cumsum(change[order])
    begins = np.flatnonzero(np.concatenate(([True], np.diff(groups) != 0)))
    most: Whole = np.maximum.reduceat(running, begins)
    is_most = np.flatnonzero(running == most[groups])
    _, at = np.unique(groups[is_most], return_index=True)
    chosen: Whole = time[is_most[at]]
    return chosen
