"""How much and how little each way can carry once batches, parts, capacities and forbidden pairs are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.produce.plan.program import Kilograms, Program

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
NO_DELIVERY = -1


@dataclass(frozen=True)
class Bounds:
    """The ways of a program that can carry anything at all.

    Per such way: `way` its position in the program, `lot`, `demand`, `cooperative` (-1: none), `lot_kg` what its lot
    has, `most` kg, `least` kg (it carries 0 or at least so many; 0 or 1: any) and `delivery`, the pooled delivery it is
    a part of where that one's smallest batch has to be watched (-1: none). Per such delivery:
    `delivery_least` and `delivery_most` kg.
    """

    way: Places
    lot: Places
    demand: Places
    cooperative: Places
    lot_kg: Kilograms
    most: Kilograms
    least: Kilograms
    delivery: Places
    delivery_least: Kilograms
    delivery_most: Kilograms


def whole_column(frame: pd.DataFrame, name: str) -> Places:
    """Return a column as whole numbers of 64 bits."""
    return frame[name].to_numpy(dtype=np.int64)


def pair_keys(program: Program, pairs: tuple[tuple[str, str], ...]) -> Places:
    """Return lot position x number of demands + demand position of each pair of ids that the program knows."""
    lots = {name: place for place, name in enumerate(program.lots["lot_id"])}
    demands = {name: place for place, name in enumerate(program.demands["demand_id"])}
    known = [lots[lot] * len(demands) + demands[demand] for lot, demand in pairs if lot in lots and demand in demands]
    return np.array(known, dtype=np.int64)


def bounds_of(program: Program) -> Bounds:
    """Return the bounds of the ways that are left when those that can never carry anything are taken out."""
    lot, demand, cooperative = (whole_column(program.ways, name) for name in ("lot", "demand", "cooperative"))
    split = whole_column(program.lots, "min_split_kg")[lot]
    batch = whole_column(program.demands, "min_batch_kg")[demand]
    room = whole_column(program.demands, "quantity_kg")[demand]
    capacity = _capacity_per_way(program, cooperative)
    most = np.minimum(np.minimum(whole_column(program.lots, "quantity_kg")[lot], room), capacity)
    is_pooled = cooperative >= 0
    least = np.where(is_pooled, split, np.maximum(split, batch))
    forbidden = pair_keys(program, tuple((lot_id, demand_id) for lot_id, demand_id in program.rules.forbidden))
    is_live = (most > 0) & (least <= most) & ~np.isin(lot * len(program.demands) + demand, forbidden)
    key = cooperative * len(program.demands) + demand
    is_live &= ~is_pooled | (_reach(key, most, is_live & is_pooled, np.minimum(room, capacity)) >= batch)
    places = np.flatnonzero(is_live)
    lot, demand, cooperative, most, least = (each[places] for each in (lot, demand, cooperative, most, least))
    key, batch, room, capacity = (each[places] for each in (key, batch, room, capacity))
    delivery, first, count = _deliveries(key, cooperative >= 0)
    alone = np.append(count, 0)[delivery] == 1
    least = np.where(alone, np.maximum(least, batch), least)
    watched = np.zeros(len(first), dtype=np.bool_)
    # A batch needs no watching where every part is at least as large, and a batch of one kg is met by any part.
    needs = (delivery >= 0) & ~alone & (batch > 1) & (least < batch)
    watched[delivery[needs]] = True
    number = np.append(np.where(watched, np.cumsum(watched) - 1, NO_DELIVERY), NO_DELIVERY)
    total = np.bincount(delivery[delivery >= 0], most[delivery >= 0], len(first)).astype(np.int64)
    return Bounds(
        way=places,
        lot=lot,
        demand=demand,
        cooperative=cooperative,
        lot_kg=whole_column(program.lots, "quantity_kg")[lot],
        most=most,
        least=least,
        delivery=number[delivery],
        delivery_least=batch[first][watched],
        delivery_most=np.minimum(np.minimum(room, capacity)[first], total)[watched],
    )


def _capacity_per_way(program: Program, cooperative: Places) -> Kilograms:
    no_bound = np.iinfo(np.int64).max
    given = whole_column(program.cooperatives, "capacity_kg")
    bound = np.append(np.where(given < 0, no_bound, given), no_bound)
    return bound[cooperative]


def _reach(key: Places, most: Kilograms, counted: Flags, ceiling: Kilograms) -> Kilograms:
    """Return per way what its pooled delivery could come to at most."""
    keys, number = np.unique(key, return_inverse=True)
    total = np.bincount(number[counted], most[counted], len(keys)).astype(np.int64)
    return np.minimum(total[number], ceiling)


def _deliveries(key: Places, is_pooled: Flags) -> tuple[Places, Places, Places]:
    """Return per way its pooled delivery (-1: none), and per delivery its first way and its number of ways."""
    pooled = np.flatnonzero(is_pooled)
    _, first, number, count = np.unique(key[pooled], return_index=True, return_inverse=True, return_counts=True)
    delivery = np.full(len(key), NO_DELIVERY, dtype=np.int64)
    delivery[pooled] = number
    return delivery, pooled[first], count.astype(np.int64)
