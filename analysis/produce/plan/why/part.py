"""A part of a plan looked at by itself: some demands, the lots that matter for them, all the rest as planned."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.produce.plan.program import Kilograms, Plan, Program
from analysis.produce.plan.rules import Floor, Reserved, Rules
from analysis.produce.plan.why.candidates import Candidates
from analysis.produce.plan.why.residual import Flags, Residual, Whole


@dataclass(frozen=True)
class Part:
    """Some lots and demands of a program with the ways between them; what the lots sell elsewhere is taken out.

    `lots`, `demands`: their positions in the whole program. `lot`: place of the lot asked about among `lots`. `kg`:
    what each way of the part carries in the plan. `keep`: what each lot has to sell here: as in the plan, and the lot
    asked about all that it has left.
    """

    program: Program
    lots: Whole
    demands: Whole
    lot: int
    kg: Kilograms
    keep: Kilograms


@dataclass(frozen=True)
class Planned:
    """A program with its plan, and the arrays that are looked up in it."""

    program: Program
    plan: Plan
    residual: Residual
    demand: Whole
    cooperative: Whole

    def ways_of(self, lots: Whole) -> Whole:
        """Return the rows of the ways of the lots, in order."""
        first, after = self.residual.lot_starts[lots], self.residual.lot_starts[lots + 1]
        count = after - first
        before = np.cumsum(count) - count
        rows: Whole = np.repeat(first - before, count) + np.arange(int(count.sum()))
        return rows


def part_of(planned: Planned, lot: int, demands: Whole, others: Whole) -> Part:
    """Return the part with these demands: with what is sent there now, the lot, and the `others` that are named."""
    demands = np.unique(demands)
    is_inside = np.zeros(len(planned.program.demands), dtype=bool)
    is_inside[demands] = True
    sending = [planned.residual.sender[slice(*planned.residual.demand_starts[each : each + 2])] for each in demands]
    lots = np.unique(np.concatenate([*sending, others, [lot]])).astype("int64")
    rows = planned.ways_of(lots)
    inside = is_inside[planned.demand[rows]]
    kg = planned.plan.kg[rows]
    ways = planned.program.ways.iloc[rows[inside]]
    owner = np.searchsorted(lots, ways["lot"].to_numpy())
    program = Program(
        lots=_lots(planned, lots, rows[~inside], kg[~inside]),
        demands=planned.program.demands.iloc[demands].reset_index(drop=True),
        cooperatives=_cooperatives(planned, rows[inside], kg[inside]),
        ways=ways.assign(
            lot=owner.astype("int32"), demand=np.searchsorted(demands, ways["demand"].to_numpy()).astype("int32")
        ).reset_index(drop=True),
    )
    place = int(np.searchsorted(lots, lot))
    keep = np.zeros(len(lots), dtype="int64")
    np.add.at(keep, owner, kg[inside])
    keep[place] = int(program.lots["quantity_kg"].iloc[place])
    program = replace(program, rules=_rules(planned.program, planned.plan, program, kg[inside]))
    return Part(program=program, lots=lots, demands=demands, lot=place, kg=kg[inside], keep=keep)


def with_ways(part: Part, candidates: Candidates) -> Program:
    """Return the program of the part with ways of the lot added; those to demands outside of it are left out."""
    place = np.searchsorted(part.demands, candidates.demand).clip(max=len(part.demands) - 1)
    rows = np.flatnonzero(part.demands[place] == candidates.demand)
    added = pd.DataFrame(
        {
            "lot": np.full(len(rows), part.lot, dtype="int32"),
            "demand": place[rows].astype("int32"),
            "cooperative": candidates.cooperative[rows].astype("int32"),
            "income_fen_per_kg": candidates.income_fen_per_kg[rows].astype("int32"),
            "distance_hm": candidates.distance_hm[rows].astype("int32"),
            "arrives_on": candidates.arrives[rows].astype("datetime64[s]"),
        }
    )
    ways = pd.concat([part.program.ways, added]).sort_values(["lot", "demand", "cooperative"], ignore_index=True)
    return replace(part.program, ways=ways)


def _lots(planned: Planned, lots: Whole, outside: Whole, kg: Kilograms) -> pd.DataFrame:
    elsewhere = np.zeros(len(lots), dtype="int64")
    np.add.at(elsewhere, np.searchsorted(lots, planned.program.ways["lot"].to_numpy()[outside]), kg)
    frame = planned.program.lots.iloc[lots].reset_index(drop=True)
    return frame.assign(quantity_kg=frame["quantity_kg"].to_numpy("int64") - elsewhere)


def _cooperatives(planned: Planned, rows: Whole, kg: Kilograms) -> pd.DataFrame:
    """Return all cooperatives; the capacity of each less what it carries elsewhere."""
    frame = planned.program.cooperatives
    capacity = frame["capacity_kg"].to_numpy("int64")
    if not (capacity >= 0).any():
        return frame
    elsewhere = _carried(planned.cooperative, planned.plan.kg, len(frame)) - _carried(
        planned.cooperative[rows], kg, len(frame)
    )
    return frame.assign(capacity_kg=np.where(capacity >= 0, capacity - elsewhere, capacity))


def _carried(cooperative: Whole, kg: Kilograms, count: int) -> Kilograms:
    carried = np.zeros(count, dtype="int64")
    rows = np.flatnonzero((cooperative >= 0) & (kg > 0))
    np.add.at(carried, cooperative[rows], kg[rows])
    return carried


def _rules(whole: Program, plan: Plan, part: Program, kg: Kilograms) -> Rules:
    """Return what the rules still ask of the part when all the rest stays as planned."""
    rules = whole.rules
    if rules.is_empty:
        return rules
    used = np.flatnonzero(plan.kg > 0)
    everywhere = replace(whole, ways=whole.ways.iloc[used])

    def left(least_kg: int, counts: Flags, counts_here: Flags) -> int:
        return least_kg - int(plan.kg[used][counts].sum() - kg[counts_here].sum())

    reserved = [
        rule._replace(least_kg=left(rule.least_kg, _for_buyer(everywhere, rule), _for_buyer(part, rule)))
        for rule in rules.reserved
    ]
    floors = [
        rule._replace(least_kg=left(rule.least_kg, _through(everywhere, rule), _through(part, rule)))
        for rule in rules.floors
    ]
    known = {*part.lots["lot_id"]}, {*part.demands["demand_id"]}
    return Rules(
        locked=tuple(rule for rule in rules.locked if rule.lot_id in known[0] and rule.demand_id in known[1]),
        forbidden=rules.forbidden,
        reserved=tuple(rule for rule in reserved if rule.least_kg > 0),
        floors=tuple(rule for rule in floors if rule.least_kg > 0),
    )


def _for_buyer(program: Program, rule: Reserved) -> Flags:
    demands, lots = program.demands.iloc[program.ways["demand"]], program.lots.iloc[program.ways["lot"]]
    counts = (demands["demand_id"] == rule.buyer_id) | (demands["enterprise_id"] == rule.buyer_id)
    is_named = lots["lot_id"].isin(rule.lot_ids) if rule.lot_ids else np.ones(len(lots), dtype=bool)
    flags: Flags = counts.to_numpy(bool) & np.asarray(is_named, dtype=bool)
    return flags


def _through(program: Program, rule: Floor) -> Flags:
    # One more place at the end: what no cooperative carries has the position -1.
    carriers = np.array([*program.cooperatives["cooperative_id"], ""], dtype=object)[program.ways["cooperative"]]
    sellers = program.lots["seller_id"].to_numpy(dtype=object)[program.ways["lot"]]
    flags: Flags = (carriers == rule.cooperative_id) | ((carriers == "") & (sellers == rule.cooperative_id))
    return flags
