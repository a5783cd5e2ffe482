"""The best plan by other means: a linear program chain by chain in another solver, and every plan tried in turn."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import numpy as np
from ortools.linear_solver import pywraplp

from analysis.assistance.plan.program import SLOTS, AssistProgram


def linear_values(program: AssistProgram) -> list[float] | None:
    """Return what each stage comes to with units in parts, by GLOP, one variable per chain; None where nothing can."""
    chains = program.chains.to_dict("records")
    needs = program.needs.to_dict("records")
    kept: list[tuple[list[float], float]] = []
    values: list[float] = []
    worths = [[chain["cover_fen"] * needs[chain["need"]]["severity_weight"] for chain in chains]]
    for tier in (5, 4, 3, 2, 1):
        worths.append(
            [
                worth if needs[chain["need"]]["tier"] == tier else 0
                for worth, chain in zip(worths[0], chains, strict=True)
            ]
        )
    worths.append([-chain["cost_fen"] for chain in chains])
    for worth in worths:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        units = [solver.NumVar(0, chain["most"] if chain["most"] >= 0 else solver.infinity(), "") for chain in chains]
        for low, factors, high in rows_of(program, in_parts=True):
            row = solver.Constraint(
                -solver.infinity() if low is None else low, solver.infinity() if high is None else high
            )
            for place, factor in factors.items():
                row.SetCoefficient(units[place], factor)
        for gains, value in kept:
            row = solver.Constraint(value - 1e-7 * (1 + abs(value)), solver.infinity())
            for unit, gain in zip(units, gains, strict=True):
                row.SetCoefficient(unit, gain)
        for unit, gain in zip(units, worth, strict=True):
            solver.Objective().SetCoefficient(unit, gain)
        solver.Objective().SetMaximization()
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        values.append(solver.Objective().Value())
        kept.append((worth, values[-1]))
    return [*values[:-1], -values[-1]]


def trial_count(program: AssistProgram) -> int:
    """Return how many plans of whole units there are to try."""
    return prod(len(each) for each in _ranges(program))


def best_values(program: AssistProgram, *, most_programmes: int) -> tuple[int, ...] | None:
    """Return the stages of the best plan of whole units, by trying every one; None where no plan keeps the rules."""
    chains = program.chains
    needs = program.needs.iloc[chains["need"].to_numpy()]
    plans = np.array([*product(*_ranges(program))], dtype="int64").reshape(trial_count(program), len(chains))
    is_kept = np.ones(len(plans), dtype=bool)
    for low, factors, high in rows_of(program):
        found = plans[:, [*factors]] @ np.array([*factors.values()], dtype="int64")
        is_kept &= (found >= (low or 0)) & (found <= (10**9 if high is None else high))
    for household in set(needs["household_id"]):
        is_theirs = needs["household_id"].to_numpy() == household
        givers = [is_theirs & (chains["programme"].to_numpy() == giver) for giver in set(chains["programme"])]
        is_kept &= sum((plans[:, its] > 0).any(axis=1).astype(int) for its in givers) <= most_programmes
    worth = (chains["cover_fen"].to_numpy() * needs["severity_weight"].to_numpy())[:, None]
    by_tier = worth * (needs["tier"].to_numpy()[:, None] == np.array([5, 4, 3, 2, 1]))
    values = plans[is_kept] @ np.hstack([worth, by_tier, -chains["cost_fen"].to_numpy()[:, None]])
    best = max(map(tuple, values.tolist()), default=None)
    return best and (*best[:-1], -best[-1])


def _ranges(program: AssistProgram) -> list[range]:
    chains, need_fen = program.chains, program.needs["need_fen"].tolist()
    return [
        range(min(need_fen[need] // cover, most if most >= 0 else 99, 1 if measure >= 0 else 99) + 1)
        for need, cover, most, measure in chains[["need", "cover_fen", "most", "measure"]].itertuples(index=False)
    ]


Row = tuple[int | None, dict[int, int], int | None]


def rows_of(program: AssistProgram, *, in_parts: bool = False) -> list[Row]:
    """Return every constraint as least, factors per chain, most.

    `in_parts`: with those that whole units keep anyway, and that units in parts have to be told.
    """
    chains = list(enumerate(program.chains.to_dict("records")))
    needs, rules = program.needs.to_dict("records"), program.rules
    holders, names = program.resources["holder_id"].tolist(), program.programmes["programme_id"].tolist()
    rows: list[Row] = []
    for number, need in enumerate(needs):
        rows.append((None, {at: c["cover_fen"] for at, c in chains if c["need"] == number}, need["need_fen"]))
    for number, giver in enumerate(program.programmes.to_dict("records")):
        its = [(at, c) for at, c in chains if c["programme"] == number]
        rows.append((None, {at: c["cost_fen"] for at, c in its}, giver["budget_fen"]))
        if giver["household_limit_fen"] >= 0:
            for household in {need["household_id"] for need in needs}:
                theirs = {at: c["cost_fen"] for at, c in its if needs[c["need"]]["household_id"] == household}
                rows.append((None, theirs, giver["household_limit_fen"]))
    for number, capacity in enumerate(program.resources["capacity"].tolist()):
        if capacity >= 0:
            used = {at: c[f"{slot}_use"] for slot in SLOTS for at, c in chains if c[slot] == number}
            rows.append((None, used, capacity))
    singles = {(c["need"], c["measure"]) for _, c in chains if c["measure"] >= 0}
    rows.extend((None, {at: 1 for at, c in chains if (c["need"], c["measure"]) == pair}, 1) for pair in sorted(singles))
    covers = [(at, c["cover_fen"], names[c["programme"]], needs[c["need"]], c["enterprise"]) for at, c in chains]
    if in_parts:
        rows.extend((None, dict.fromkeys(apart, 1), 1) for apart in _apart(program))
    for lock in rules.locked:
        pair = (lock.household_id, lock.programme_id)
        rows.append((lock.least_fen, {at: v for at, v, p, n, _ in covers if (n["household_id"], p) == pair}, None))
    for ban in rules.forbidden:
        pair = (ban.household_id, ban.programme_id)
        rows.append((None, {at: v for at, v, p, n, _ in covers if (n["household_id"], p) == pair}, 0))
    rows.extend(
        (floor.least_fen, {at: v for at, v, _, n, _ in covers if n["village_id"] == floor.village_id}, None)
        for floor in rules.floors
    )
    for ceiling in rules.ceilings:
        its_own = {at: v for at, v, _, _, e in covers if e >= 0 and holders[e] == ceiling.enterprise_id}
        rows.append((None, its_own, ceiling.most_fen))
    return rows


def _apart(program: AssistProgram) -> list[list[int]]:
    """Return per need every set of measures, their chains, of which the least units of no two fit it together."""
    found = []
    for need, chains in program.chains[program.chains["measure"] >= 0].groupby("need"):
        least = chains.groupby("measure")["cover_fen"].min()
        for size in range(2, len(least) + 1):
            for measures in combinations(least.index, size):
                room = program.needs["need_fen"][need]
                if all(least[one] + least[two] > room for one, two in combinations(measures, 2)):
                    found += [chains.index[chains["measure"].isin(measures)].tolist()]
    return found
