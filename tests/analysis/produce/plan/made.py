"""Small made-up programs for the tests of plans."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.produce.plan.check import stage_values
from analysis.produce.plan.program import Plan, Program, Stage
from analysis.produce.plan.rules import Rules

DAY = pd.Timestamp("2026-05-22")
Way = tuple[int, int, int, int]


def made_program(
    lots: list[int],
    demands: list[int],
    ways: list[Way],
    *,
    weights: list[int] | None = None,
    splits: list[int] | None = None,
    batches: list[int] | None = None,
    capacities: list[int] | None = None,
    distances: list[int] | None = None,
    rules: Rules | None = None,
) -> Program:
    """Return the program of lots and demands of so many kg; a way: lot, demand, cooperative (-1: none), fen a kg.

    Ids are l00, l01 ..., d00 ..., c00 ..., s00 ... (sellers) and e00 ... (enterprises). Weights above 10: at risk.
    """
    weights = weights or [10] * len(lots)
    distances = distances or [100] * len(ways)
    rows = sorted(zip(ways, distances, strict=True))
    columns = list(zip(*(way for way, _ in rows), strict=True)) if rows else [(), (), (), ()]
    names = ("lot", "demand", "cooperative", "income_fen_per_kg")
    frame = {name: np.array(column, dtype="int32") for name, column in zip(names, columns, strict=True)}
    return Program(
        lots=pd.DataFrame(
            {
                "lot_id": _ids("l", len(lots)),
                "quantity_kg": np.array(lots, dtype="int64"),
                "weight": np.array(weights, dtype="int64"),
                "min_split_kg": np.array(splits or [0] * len(lots), dtype="int64"),
                "seller_id": _ids("s", len(lots)),
                "is_at_risk": np.array([weight > 10 for weight in weights], dtype=bool),
            }
        ),
        demands=pd.DataFrame(
            {
                "demand_id": _ids("d", len(demands)),
                "quantity_kg": np.array(demands, dtype="int64"),
                "min_batch_kg": np.array(batches or [0] * len(demands), dtype="int64"),
                "enterprise_id": _ids("e", len(demands)),
            }
        ),
        cooperatives=pd.DataFrame(
            {
                "cooperative_id": _ids("c", len(capacities or [])),
                "capacity_kg": np.array(capacities or [], dtype="int64"),
            }
        ),
        ways=pd.DataFrame(
            {
                **frame,
                "distance_hm": np.array([distance for _, distance in rows], dtype="int32"),
                "arrives_on": pd.Series([DAY] * len(rows), dtype="datetime64[s]"),
            }
        ),
        rules=rules or Rules(),
    )


def random_program(seed: int, *, size: int = 5, is_flow: bool = False, rules: Rules | None = None) -> Program:
    """Return a program of about `size` lots and demands; without smallest parts, batches and capacities if a flow."""
    rng = np.random.default_rng(seed)
    lots, demands = int(rng.integers(1, size + 1)), int(rng.integers(1, size + 1))
    cooperatives = 0 if is_flow else int(rng.integers(0, 3))
    ways, distances = [], []
    for lot in range(lots):
        member = int(rng.integers(-1, cooperatives)) if cooperatives else -1
        for demand in range(demands):
            for sender in {-1, member}:
                if rng.random() < 0.5:
                    ways.append((lot, demand, sender, int(rng.integers(1, 12) * 10)))
                    distances.append(int(rng.integers(0, 5) * 10))
    quantities = rng.integers(1, 13, lots)
    splits = np.minimum(rng.choice([0, 0, 2, 5], lots), quantities)
    return made_program(
        quantities.tolist(),
        rng.integers(1, 13, demands).tolist(),
        ways,
        weights=rng.choice([10, 12], lots).tolist(),
        distances=distances,
        splits=None if is_flow else splits.tolist(),
        batches=None if is_flow else rng.choice([0, 0, 4, 7], demands).tolist(),
        capacities=rng.choice([-1, 5, 12], cooperatives).tolist(),
        rules=rules,
    )


def beside_before(program: Program, seed: int) -> Program:
    """Return the program beside a plan before that gave a few kg by some of its ways, more than can go by now and then.

    With incomes and distances that are mostly alike, so that plans of equal value are many.
    """
    rng = np.random.default_rng(seed)
    before = rng.choice([0, 0, 2, 5, 20], len(program.ways)).astype("int64")
    alike = program.ways.assign(before_kg=before)
    for name in ("income_fen_per_kg", "distance_hm"):
        alike[name] = np.where(rng.random(len(alike)) < 0.7, 50, alike[name]).astype("int32")
    return replace(program, ways=alike)


def plan_of(program: Program, kg: list[int]) -> Plan:
    """Return the plan of so many kg by each way, in the order of the ways, with its true stage values."""
    amounts = np.array(kg, dtype="int64")
    values = stage_values(program, amounts)
    stages = tuple(Stage(name, value, value, True) for name, value in zip(program.stages, values, strict=True))
    return Plan(kg=amounts, stages=stages)


def _ids(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:02d}" for number in range(count)]
