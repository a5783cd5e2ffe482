"""The best plan of a small program, by a formulation of its own: every delivery and every way has an opening."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.produce.plan.check import stage_values
from analysis.produce.plan.program import Plan, Program, Stage

Numbers = NDArray[np.float64]


def best_plan(program: Program, keep: list[int] | None = None) -> Plan | None:
    """Return the plan that is best in every stage, None where there is none; each lot sells at least `keep` kg."""
    ways = len(program.ways)
    if not ways:
        # Without a way nothing can be sold, and every sum is 0.
        return None if any(keep or []) else _plan(program, np.zeros(0, dtype="int64"))
    rows, lows, highs, columns = _rows(program, keep or [0] * len(program.lots))
    kept: list[tuple[Numbers, float]] = []
    kg = np.zeros(ways, dtype="int64")
    most_as_before = program.ways["before_kg"].to_numpy() if "before_kg" in program.ways else np.zeros(0)
    openings = columns - ways - len(most_as_before)
    for worth in _worths(program, columns):
        matrix = np.array([*rows, *(each for each, _ in kept)]).reshape(-1, columns)
        least = np.array([*lows, *(value for _, value in kept)])
        most = np.array([*highs, *(np.inf for _ in kept)])
        room = program.demands["quantity_kg"].to_numpy()[program.ways["demand"].to_numpy()]
        answer = milp(
            -worth,
            integrality=np.ones(columns),
            bounds=Bounds(np.zeros(columns), np.concatenate([room, np.ones(openings), most_as_before])),
            constraints=[LinearConstraint(matrix, least, most)] if len(matrix) else [],
        )
        if answer.x is None:
            return None
        kg = np.rint(answer.x[:ways]).astype("int64")
        kept.append((worth, float(worth @ np.rint(answer.x))))
    return _plan(program, kg)


def is_possible(program: Program, keep: list[int]) -> bool:
    """Return whether each lot can sell at least `keep` kg."""
    alike = program.ways.assign(income_fen_per_kg=0, distance_hm=0)
    return best_plan(replace(program, ways=alike), keep) is not None


def _plan(program: Program, kg: NDArray[np.int64]) -> Plan:
    stages = zip(program.stages, stage_values(program, kg), strict=True)
    return Plan(kg=kg, stages=tuple(Stage(name, value, value, True) for name, value in stages))


def _worths(program: Program, columns: int) -> list[Numbers]:
    """Return what each column is worth in each stage; the last columns, if any, hold the kg as before."""
    weights = program.lots["weight"].to_numpy()[program.ways["lot"].to_numpy()]
    incomes, distances = (program.ways[name].to_numpy() for name in ("income_fen_per_kg", "distance_hm"))
    worths = [np.pad(each.astype("float64"), (0, columns - len(each))) for each in (weights, incomes, -distances)]
    if "before_kg" in program.ways:
        as_before = np.zeros(columns)
        as_before[columns - len(program.ways) :] = 1.0
        worths.append(as_before)
    return worths


def _rows(program: Program, keep: list[int]) -> tuple[list[Numbers], list[float], list[float], int]:
    """Return rows with their least and most; after the ways an opening per way, then one per delivery.

    Beside a plan before, the last columns hold per way what of its kg is as before.
    """
    ways, frame = len(program.ways), program.ways
    senders = np.where(frame["cooperative"] < 0, frame["lot"], frame["cooperative"] + len(program.lots))
    deliveries = sorted({*zip(senders.tolist(), frame["demand"].tolist(), strict=True)})
    first_as_before = 2 * ways + len(deliveries)
    columns = first_as_before + (ways if "before_kg" in frame else 0)
    rows: list[Numbers] = []
    lows: list[float] = []
    highs: list[float] = []

    def add(entries: dict[int, float], low: float, high: float) -> None:
        row = np.zeros(columns)
        for column, factor in entries.items():
            row[column] = factor
        rows.append(row)
        lows.append(low)
        highs.append(high)

    for side, count in (("lot", len(program.lots)), ("demand", len(program.demands))):
        quantities = (program.lots if side == "lot" else program.demands)["quantity_kg"].tolist()
        for place in range(count):
            mine = np.flatnonzero(frame[side] == place)
            add(dict.fromkeys(mine.tolist(), 1.0), keep[place] if side == "lot" else 0, quantities[place])
    for place, capacity in enumerate(program.cooperatives["capacity_kg"].tolist()):
        mine = np.flatnonzero(frame["cooperative"] == place)
        add(dict.fromkeys(mine.tolist(), 1.0), 0, np.inf if capacity < 0 else capacity)
    quantities, splits = (program.lots[name].tolist() for name in ("quantity_kg", "min_split_kg"))
    for way, lot in enumerate(frame["lot"].tolist()):
        add({way: 1.0, ways + way: -float(quantities[lot])}, -np.inf, 0)
        add({way: 1.0, ways + way: -float(splits[lot])}, 0, np.inf)
        if "before_kg" in frame:
            add({first_as_before + way: 1.0, way: -1.0}, -np.inf, 0)
    for place, (sender, demand) in enumerate(deliveries):
        together = np.flatnonzero((senders == sender) & (frame["demand"] == demand)).tolist()
        quantity, batch = (int(program.demands[name].iloc[demand]) for name in ("quantity_kg", "min_batch_kg"))
        add({**dict.fromkeys(together, 1.0), 2 * ways + place: -float(quantity)}, -np.inf, 0)
        add({**dict.fromkeys(together, 1.0), 2 * ways + place: -float(batch)}, 0, np.inf)
    return rows, lows, highs, columns
