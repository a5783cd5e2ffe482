"""The plan of a program: each part by flow where only quantities bind, else by the mixed-integer program."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from analysis.produce.plan.batches.bounds import bounds_of
from analysis.produce.plan.batches.model import asked_kg
from analysis.produce.plan.batches.solve import solve_batches
from analysis.produce.plan.components import Flags, Whole, bounded, components, joined, part_of, split_by, together
from analysis.produce.plan.flow.network import network_of
from analysis.produce.plan.flow.staged import staged_flow
from analysis.produce.plan.program import BEFORE, Kilograms, Plan, Program, Stage, as_before_kg
from analysis.produce.plan.rules import AnyRule, Rules


def solve(program: Program, *, seconds: float) -> Plan:
    """Return the best plan: most weighted kg, of such plans most income, of such least transport.

    Beside a plan before, of such plans one with most kg by the same ways as there.

    Every part that hangs together is first planned by flow, as if there were no batches, smallest parts, capacities
    and rules; where that plan keeps them all it is the best there is. Other parts are planned with them, within the
    seconds left: proved best, or with the bound that was proved. The same program gives the same plan where the time
    suffices. Raises QuestionError where rules contradict each other.
    """
    started = time.monotonic()
    limits = _limits_of(program)
    kg = _flow_kg(program, limits.live)
    binding = _binding_parts(program, limits, kg)
    settled = np.ones(len(kg), dtype=bool)
    plans = []
    # Small parts first: what they leave of their time goes to the large ones.
    waiting = sum(len(rows) for rows in binding)
    for rows in sorted(binding, key=len):
        left = max(seconds - (time.monotonic() - started), 0.0)
        part = part_of(program, rows, limits.rules_of(program, rows))
        # A program without any way has one part without any, where rules ask for something all the same.
        share = len(rows) / waiting if waiting else 1.0
        plan = solve_batches(part, seconds=left * share)
        kg[rows], settled[rows] = plan.kg, False
        waiting -= len(rows)
        plans.append(plan)
    return Plan(kg=kg, stages=_stages(program, _totals(program, kg, settled), plans))


@dataclass(frozen=True)
class _Limits:
    """What may bind besides quantities.

    `live`: the ways (positions) that can carry anything at all. `asked`: of each rule that asks for kg, in the order
    of the rules, the ways that count and the least kg. `most`: of each cooperative with a bound, its ways and the
    most kg. `has_any`: whether anything but quantities can bind.
    """

    live: Whole
    asked: tuple[tuple[Whole, int], ...] = ()
    most: tuple[tuple[Whole, int], ...] = ()
    has_any: bool = False

    def rules_of(self, program: Program, rows: Whole) -> Rules:
        """Return the rules that ask for kg of these ways, and all that forbid."""
        rules = program.rules
        asking: tuple[AnyRule, ...] = (*rules.locked, *rules.reserved, *rules.floors)
        is_here = [not len(ways) or bool(np.isin(ways, rows).any()) for ways, _ in self.asked]
        chosen = [rule for rule, is_in in zip(asking, is_here, strict=True) if is_in]
        return Rules.of([*chosen, *rules.forbidden])


def _limits_of(program: Program) -> _Limits:
    has_lot = program.lots["quantity_kg"].to_numpy() > 0
    has_demand = program.demands["quantity_kg"].to_numpy() > 0
    least = max(program.lots["min_split_kg"].max(), program.demands["min_batch_kg"].max()) if len(program.ways) else 0
    most = bounded(program)
    if program.rules.is_empty and not most and least <= 1:
        leads = has_lot[program.ways["lot"].to_numpy()] & has_demand[program.ways["demand"].to_numpy()]
        return _Limits(live=np.flatnonzero(leads))
    bounds = bounds_of(program)
    asked = tuple((bounds.way[places], least_kg) for places, least_kg in asked_kg(program, bounds))
    return _Limits(live=bounds.way, asked=asked, most=most, has_any=True)


def _flow_kg(program: Program, rows: Whole) -> Kilograms:
    """Return kg per way of the best plan by these ways alone that keeps the quantities and looks at nothing else."""
    kg = np.zeros(len(program.ways), dtype=np.int64)
    for places in together(components(program, rows)):
        network = network_of(program, rows[places])
        kg[rows[places]] = network.way_kg(staged_flow(network))
    return kg


def _totals(program: Program, kg: Kilograms, counted: Flags) -> tuple[int, ...]:
    """Return weighted kg, fen and kg times hundred metres of the counted ways, and beside a plan before kg as there."""
    rows = np.flatnonzero((kg != 0) & counted)
    amounts = kg[rows].tolist()
    weight = program.lots["weight"].to_numpy()[program.ways["lot"].to_numpy()[rows]]
    income, distance = (program.ways[name].to_numpy()[rows] for name in ("income_fen_per_kg", "distance_hm"))
    # Python's whole numbers: no sum is too large for them.
    sold, earned, carried = (
        sum(each * amount for each, amount in zip(column.tolist(), amounts, strict=True))
        for column in (weight, income, distance)
    )
    if BEFORE not in program.ways:
        return sold, earned, carried
    return sold, earned, carried, as_before_kg(program, np.where(counted, kg, 0))


def _stages(program: Program, settled: tuple[int, ...], plans: list[Plan]) -> tuple[Stage, ...]:
    found = []
    for number, (name, value) in enumerate(zip(program.stages, settled, strict=True)):
        parts = [plan.stages[number] for plan in plans]
        found.append(
            Stage(
                name=name,
                value=value + sum(part.value for part in parts),
                bound=value + sum(part.bound for part in parts),
                is_optimal=all(part.is_optimal for part in parts),
            )
        )
    return tuple(found)


def _binding_parts(program: Program, limits: _Limits, kg: Kilograms) -> list[Whole]:
    """Return the ways of each part whose flow breaks something; nothing that is shared goes over a part's border."""
    if not limits.has_any:
        return []
    if any(not len(rows) for rows, _ in limits.asked):
        # A rule that no way can keep is named best where all the others are.
        return [np.arange(len(kg))]
    broken = _below_least(program, kg)
    for rows, least_kg in limits.asked:
        broken[rows] |= int(kg[rows].sum()) < least_kg
    for rows, capacity_kg in limits.most:
        broken[rows] |= int(kg[rows].sum()) > capacity_kg
    # Ways that are forbidden are looked at, too, where rules ask for kg: they may be why those cannot be kept.
    rows = np.arange(len(kg)) if limits.asked else limits.live
    place = np.full(len(kg), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    shared = [place[ways][place[ways] >= 0] for ways, _ in (*limits.asked, *limits.most)]
    labels = joined(components(program, rows), shared)
    broken_labels = np.unique(labels[broken[rows]])
    chosen = rows[np.isin(labels, broken_labels)]
    return [chosen[places] for places in split_by(labels[np.isin(labels, broken_labels)])]


def _below_least(program: Program, kg: Kilograms) -> Flags:
    """Return which ways carry less than the lot's smallest part, or belong to a delivery below the smallest batch."""
    broken = np.zeros(len(kg), dtype=bool)
    rows = np.flatnonzero(kg > 0)
    lot, demand, cooperative = (
        program.ways[name].to_numpy(dtype=np.int64)[rows] for name in ("lot", "demand", "cooperative")
    )
    is_small = kg[rows] < program.lots["min_split_kg"].to_numpy()[lot]
    sender = np.where(cooperative < 0, lot, len(program.lots) + cooperative)
    _, delivery = np.unique(sender * len(program.demands) + demand, return_inverse=True)
    brought = np.zeros(len(rows), dtype=np.int64)
    np.add.at(brought, delivery, kg[rows])
    is_small |= brought[delivery] < program.demands["min_batch_kg"].to_numpy()[demand]
    broken[rows[is_small]] = True
    return broken
