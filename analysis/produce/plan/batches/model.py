"""The mixed-integer program of a plan: which deliveries are opened, and how many kg each way carries.

Columns, in this order: kg per way; 1 where a way with a smallest amount is opened; 1 where a pooled delivery with a
smallest batch is opened; kg per pooled delivery of a cooperative whose capacity ties several demands together; beside a
plan before, kg as there per way that it used.

Kilograms per way need not be asked to be whole. Once it is settled which ways and deliveries are open and how much each
delivery of the last kind brings, every row left is a sum over ways of one lot, or of one demand or one delivery to
it: two families of nested sets, whose corners are whole (Edmonds 1970). Rules that ask for kg do not fit into the two
families, so with them the kilograms are asked to be whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from analysis.produce.plan.batches.bounds import Bounds, Flags, Places, bounds_of, pair_keys, whole_column
from analysis.produce.plan.batches.rows import Numbers, Rows
from analysis.produce.plan.program import BEFORE, Kilograms, Program


@dataclass(frozen=True)
class Model:
    """Rows `at_most` x columns <= limits; columns between 0 and `ceiling`, whole where `is_whole`.

    `opened`: the ways (positions in `bounds`) that have an opening column. `switches`: the columns that are 0 or 1.
    `brought_of`: per way, which of the columns of kg per delivery counts it (-1: none). `before`: per way, the kg that
    the plan before gave, 0 without one; `used`: the ways where that is above 0, which have the last columns.
    """

    bounds: Bounds
    at_most: csr_array
    limits: Numbers
    ceiling: Numbers
    is_whole: Flags
    opened: Places
    switches: slice
    brought_of: Places
    before: Kilograms
    used: Places

    @property
    def way_count(self) -> int:
        """Return how many ways have a column."""
        return len(self.bounds.way)

    def padded(self, per_way: Numbers) -> Numbers:
        """Return numbers per way as numbers per column, 0 in all others."""
        return np.concatenate([per_way, np.zeros(len(self.ceiling) - len(per_way))])


def model_of(program: Program, *, is_beside: bool = False) -> Model:
    """Return the mixed-integer program, with the rules as rows and bounds.

    `is_beside`: with a column of kg as before for each way that the plan before used; `ways` have before_kg then.
    """
    bounds = bounds_of(program)
    ways, deliveries = len(bounds.way), len(bounds.delivery_least)
    opened = np.flatnonzero(bounds.least > 1)
    brought, brought_of = _tied_deliveries(program, bounds)
    first_opening, first_delivery = ways, ways + len(opened)
    first_brought = first_delivery + deliveries
    before = whole_column(program.ways, BEFORE)[bounds.way] if is_beside else np.zeros(ways, np.int64)
    used = np.flatnonzero(before > 0)
    columns = first_brought + len(brought) + len(used)
    rows = Rows()
    _sums(rows, bounds.lot, bounds.most, whole_column(program.lots, "quantity_kg"))
    _sums(rows, bounds.demand, bounds.most, whole_column(program.demands, "quantity_kg"))
    _openings(rows, bounds, opened, first_opening)
    _batches(rows, bounds, opened, first_opening, first_delivery)
    _capacities(rows, program, bounds, brought, brought_of, first_brought)
    for chosen, least_kg in asked_kg(program, bounds):
        rows.add(np.array([-least_kg]), (np.zeros(len(chosen), dtype=np.int64), chosen, -1.0))
    # What is as before is no more than what goes.
    places = np.arange(len(used))
    rows.add(np.zeros(len(used)), (places, columns - len(used) + places, 1.0), (places, used, -1.0))
    is_whole = np.ones(columns, dtype=np.bool_)
    is_whole[:ways] = program.rules.demands_something
    is_whole[columns - len(used) :] = False
    ceiling = np.concatenate(
        [bounds.most, np.ones(len(opened) + deliveries), np.full(len(brought), np.inf), before[used]], dtype=np.float64
    )
    return Model(
        bounds=bounds,
        at_most=rows.matrix(columns),
        limits=rows.limits(),
        ceiling=ceiling,
        is_whole=is_whole,
        opened=opened,
        switches=slice(ways, first_brought),
        brought_of=brought_of,
        before=before,
        used=used,
    )


def asked_kg(program: Program, bounds: Bounds) -> list[tuple[Places, int]]:
    """Return per rule that asks for kg the ways (positions in the bounds) that count, and the kg.

    In the order locked, reserved, floors.
    """
    key = bounds.lot * len(program.demands) + bounds.demand
    lot_ids, sellers = (program.lots[name].to_numpy(dtype=object)[bounds.lot] for name in ("lot_id", "seller_id"))
    demand_ids = program.demands["demand_id"].to_numpy(dtype=object)[bounds.demand]
    enterprises = program.demands["enterprise_id"].to_numpy(dtype=object)[bounds.demand]
    names = np.append(program.cooperatives["cooperative_id"].to_numpy(dtype=object), "")
    through = names[bounds.cooperative]
    asked: list[tuple[Flags, int]] = []
    for lot_id, demand_id, least_kg in program.rules.locked:
        asked.append((np.isin(key, pair_keys(program, ((lot_id, demand_id),))), least_kg))
    for buyer, least_kg, lots in program.rules.reserved:
        counts = (demand_ids == buyer) | (enterprises == buyer)
        asked.append((counts & np.isin(lot_ids.astype(str), lots) if lots else counts, least_kg))
    for cooperative, least_kg in program.rules.floors:
        sent_itself = (bounds.cooperative < 0) & (sellers == cooperative)
        asked.append(((through == cooperative) & (bounds.cooperative >= 0) | sent_itself, least_kg))
    return [(np.flatnonzero(counts), least_kg) for counts, least_kg in asked]


def _sums(rows: Rows, group: Places, most: Kilograms, allowed: Kilograms) -> None:
    """Add what the ways of a lot or a demand may carry together, where their own bounds do not already say so."""
    total = np.bincount(group, most, len(allowed))
    bound = np.flatnonzero(total > allowed)
    number = np.full(len(allowed), -1, dtype=np.int64)
    number[bound] = np.arange(len(bound))
    ways = np.flatnonzero(number[group] >= 0)
    rows.add(allowed[bound].astype(np.float64), (number[group[ways]], ways, 1.0))


def _openings(rows: Rows, bounds: Bounds, opened: Places, first: int) -> None:
    count = np.arange(len(opened))
    none = np.zeros(len(opened))
    rows.add(none, (count, opened, 1.0), (count, first + count, -bounds.most[opened].astype(np.float64)))
    rows.add(none, (count, opened, -1.0), (count, first + count, bounds.least[opened].astype(np.float64)))


def _batches(rows: Rows, bounds: Bounds, opened: Places, first_opening: int, first: int) -> None:
    """Add that a pooled delivery is 0 or a batch, and that its parts are 0 where it is.

    The last holds part by part: a lot that gives all it has then needs the whole batch even where openings may be
    fractions, which makes the bound much tighter than one sum over the delivery would.
    """
    deliveries = np.arange(len(bounds.delivery_least))
    parts = np.flatnonzero(bounds.delivery >= 0)
    of = bounds.delivery[parts]
    none = np.zeros(len(deliveries))
    rows.add(none, (of, parts, 1.0), (deliveries, first + deliveries, -bounds.delivery_most.astype(np.float64)))
    rows.add(none, (of, parts, -1.0), (deliveries, first + deliveries, bounds.delivery_least.astype(np.float64)))
    is_opened = np.isin(parts, opened)
    plain, count = parts[~is_opened], np.arange(int((~is_opened).sum()))
    rows.add(
        np.zeros(len(plain)),
        (count, plain, 1.0),
        (count, first + of[~is_opened], -bounds.most[plain].astype(np.float64)),
    )
    small, count = parts[is_opened], np.arange(int(is_opened.sum()))
    rows.add(
        np.zeros(len(small)),
        (count, first_opening + np.searchsorted(opened, small), 1.0),
        (count, first + of[is_opened], -1.0),
    )


def _bound_cooperatives(program: Program, bounds: Bounds) -> Places:
    """Return the cooperatives that could be brought more than their capacity."""
    capacity = whole_column(program.cooperatives, "capacity_kg")
    pooled = bounds.cooperative >= 0
    total = np.bincount(bounds.cooperative[pooled], bounds.most[pooled], len(capacity))
    return np.flatnonzero((capacity >= 0) & (total > capacity))


def _tied_deliveries(program: Program, bounds: Bounds) -> tuple[Places, Places]:
    """Return the deliveries (keys) of cooperatives that reach their capacity, and per way the place of its own (-1)."""
    tied = np.isin(bounds.cooperative, _bound_cooperatives(program, bounds))
    keys, number = np.unique(bounds.cooperative[tied] * len(program.demands) + bounds.demand[tied], return_inverse=True)
    place = np.full(len(bounds.way), -1, dtype=np.int64)
    place[tied] = number
    return keys, place


def _capacities(rows: Rows, program: Program, bounds: Bounds, brought: Places, brought_of: Places, first: int) -> None:
    """Add what each bound cooperative carries: the kg of its deliveries, and their sum at most its capacity."""
    count = np.arange(len(brought))
    tied = np.flatnonzero(brought_of >= 0)
    none = np.zeros(len(brought))
    rows.add(none, (brought_of[tied], tied, 1.0), (count, first + count, -1.0))
    bound, number = np.unique(brought // max(len(program.demands), 1), return_inverse=True)
    capacity = whole_column(program.cooperatives, "capacity_kg")[bound]
    rows.add(capacity.astype(np.float64), (number, first + count, 1.0))
