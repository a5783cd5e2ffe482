"""Whether the lots of a part can sell what they have to, once something is changed: solved, then checked by itself.

Columns: kg per way; 1 where a way is opened, for ways of lots with a smallest part; 1 where a delivery is opened, for
deliveries to demands with a smallest batch. All whole.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds as ColumnBounds
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from analysis.produce.plan.check import DIRECT, NO_BOUND, faults
from analysis.produce.plan.program import Kilograms, Plan, Program, sold_per_lot

Verdict = Literal["can", "cannot", "unknown"]
Whole = NDArray[np.int64]
_INFEASIBLE = 2
# The search ends by its own size and not by the clock, so that the same question has the same answer everywhere.
_NODES = 2_000


def sells(program: Program, keep: Kilograms) -> tuple[Verdict, Kilograms | None]:
    """Return whether every lot can sell at least `keep` kg, and kg per way that do it.

    `unknown` where the search became too large. What is found keeps every constraint by `check.faults`, which knows
    nothing of the search.
    """
    ways = len(program.ways)
    if not ways:
        return ("cannot", None) if (keep > 0).any() else ("can", np.zeros(0, dtype=np.int64))
    rows = _Rows()
    switches = _fill(rows, program, keep)
    columns = ways + switches
    lot, demand = (program.ways[name].to_numpy("int64") for name in ("lot", "demand"))
    most = np.minimum(_column(program.lots, "quantity_kg")[lot], _column(program.demands, "quantity_kg")[demand])
    answer = milp(
        np.zeros(columns),
        integrality=np.ones(columns),
        bounds=ColumnBounds(np.zeros(columns), np.concatenate([most, np.ones(switches)])),
        constraints=LinearConstraint(rows.matrix(columns), np.concatenate(rows.least), np.concatenate(rows.most)),
        options={"node_limit": _NODES},
    )
    if answer.status == _INFEASIBLE:
        return "cannot", None
    if answer.x is None:
        return "unknown", None
    kg = np.rint(answer.x[:ways]).astype(np.int64)
    return ("can", kg) if _holds(program, kg, keep) else ("unknown", None)


class _Rows:
    """Rows least <= sum of factor x column <= most, gathered block by block."""

    def __init__(self) -> None:
        self.count = 0
        self.entries: list[tuple[Whole, Whole, Whole]] = []
        self.least: list[NDArray[np.float64]] = []
        self.most: list[NDArray[np.float64]] = []

    def add(self, least: object, most: object, *entries: tuple[Whole, Whole, Whole]) -> None:
        """Add a block; an entry is rows counted from 0 within it, columns and factors."""
        self.entries += [(rows + self.count, columns, factors) for rows, columns, factors in entries]
        self.least.append(np.asarray(least, dtype=np.float64))
        self.most.append(np.asarray(most, dtype=np.float64))
        self.count += len(self.least[-1])

    def matrix(self, columns: int) -> csr_array:
        """Return the factors."""
        row, column, factor = (np.concatenate(each) for each in zip(*self.entries, strict=True))
        return csr_array((factor.astype(np.float64), (row, column)), shape=(self.count, columns))


def _fill(rows: _Rows, program: Program, keep: Kilograms) -> int:
    """Add every constraint of the program and what the lots have to sell; return the number of switches."""
    lot, demand, cooperative = (program.ways[name].to_numpy("int64") for name in ("lot", "demand", "cooperative"))
    way, ones = np.arange(len(lot)), np.ones(len(lot), dtype=np.int64)
    quantity, wanted = _column(program.lots, "quantity_kg"), _column(program.demands, "quantity_kg")
    rows.add(keep, quantity, (lot, way, ones))
    rows.add(np.zeros(len(wanted)), wanted, (demand, way, ones))
    capacity = _column(program.cooperatives, "capacity_kg")
    carried = np.flatnonzero(cooperative != DIRECT)
    limit = np.where(capacity == NO_BOUND, np.inf, capacity)
    rows.add(np.zeros(len(capacity)), limit, (cooperative[carried], carried, ones[carried]))
    split = _column(program.lots, "min_split_kg")[lot]
    parts = np.flatnonzero(split > 1)
    openings = _switched(rows, np.arange(len(parts)), parts, len(lot), split[parts], quantity[lot[parts]])
    # One delivery per demand and sender: a lot by itself, or a cooperative.
    sender = np.where(cooperative == DIRECT, lot, len(quantity) + cooperative)
    batch = _column(program.demands, "min_batch_kg")[demand]
    batched = np.flatnonzero(batch > 1)
    _, first, delivery = np.unique(
        sender[batched] * len(wanted) + demand[batched], return_index=True, return_inverse=True
    )
    of = batched[first]
    deliveries = _switched(rows, delivery, batched, len(lot) + openings, batch[of], wanted[demand[of]])
    _rules(rows, program)
    return openings + deliveries


def _switched(rows: _Rows, group: Whole, ways: Whole, first: int, least: Whole, most: Whole) -> int:
    """Add that each group of ways carries 0, or least to most where its switch is on; return the number of groups."""
    count = len(least)
    places, ones = np.arange(count), np.ones(len(ways), dtype=np.int64)
    endless = np.full(count, np.inf)
    rows.add(np.zeros(count), endless, (group, ways, ones), (places, first + places, -least))
    rows.add(-endless, np.zeros(count), (group, ways, ones), (places, first + places, -most))
    return count


def _rules(rows: _Rows, program: Program) -> None:
    rules = program.rules
    if rules.is_empty:
        return
    ways = program.ways
    lots, sellers = (program.lots[name].to_numpy(object)[ways["lot"]] for name in ("lot_id", "seller_id"))
    wanting = ("demand_id", "enterprise_id")
    demands, buyers = (program.demands[name].to_numpy(object)[ways["demand"]] for name in wanting)
    # One more place at the end: what no cooperative carries has the position -1.
    carriers = np.array([*program.cooperatives["cooperative_id"], ""], dtype=object)[ways["cooperative"]]
    asked = [
        *(((lots == each.lot_id) & (demands == each.demand_id), each.least_kg, np.inf) for each in rules.locked),
        *(((lots == each.lot_id) & (demands == each.demand_id), 0, 0) for each in rules.forbidden),
        *(
            (
                ((demands == each.buyer_id) | (buyers == each.buyer_id))
                & (np.isin(lots.astype(str), each.lot_ids) if each.lot_ids else True),
                each.least_kg,
                np.inf,
            )
            for each in rules.reserved
        ),
        *(
            (
                (carriers == each.cooperative_id) | ((carriers == "") & (sellers == each.cooperative_id)),
                each.least_kg,
                np.inf,
            )
            for each in rules.floors
        ),
    ]
    for counts, least, most in asked:
        places = np.flatnonzero(counts)
        rows.add([least], [most], (np.zeros(len(places), dtype=np.int64), places, np.ones(len(places), dtype=np.int64)))


def _column(frame: pd.DataFrame, name: str) -> Whole:
    values: Whole = frame[name].to_numpy(dtype=np.int64)
    return values


def _holds(program: Program, kg: Kilograms, keep: Kilograms) -> bool:
    broken = [fault for fault in faults(program, Plan(kg=kg, stages=())) if fault.name != "stage_count"]
    return not broken and bool((sold_per_lot(program, kg) >= keep).all())
