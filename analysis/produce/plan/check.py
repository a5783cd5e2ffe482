"""Whether a plan keeps every constraint of its program: recomputed from the kilograms alone, whoever made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.produce.plan.program import Plan, Program

# A way that no cooperative stands in: the seller sends it himself.
DIRECT = -1
NO_BOUND = -1
# The place of the stage that is to be made small.
TRANSPORT = 2


@dataclass(frozen=True)
class Fault:
    """One constraint that is broken: its name, what it is about (ids), what was found there and what was allowed."""

    name: str
    about: str
    found: int
    allowed: int


def faults(program: Program, plan: Plan) -> tuple[Fault, ...]:
    """Return every constraint of the program that the plan breaks, and every stage whose value its kilograms belie.

    Knows nothing of how the plan was made. Names: `way_count`, `whole_kg` (no further check is possible), `negative`,
    `lot`, `demand`, `capacity`, `batch`, `split`, `locked`, `forbidden`, `reserved`, `floor`, `stage_count`,
    `stage_value`, `stage_bound`, `stage_optimal`.
    """
    if len(plan.kg) != len(program.ways):
        return (Fault("way_count", "ways", len(plan.kg), len(program.ways)),)
    if not np.issubdtype(plan.kg.dtype, np.integer):
        return (Fault("whole_kg", str(plan.kg.dtype), 0, 0),)
    used = program.ways.assign(kg=plan.kg)[plan.kg != 0]
    return (
        *_negative(program, used),
        *_over(program.lots, used, "lot"),
        *_over(program.demands, used, "demand"),
        *_over_capacity(program, used),
        *_batches(program, used),
        *_splits(program, used),
        *_rules(program, used),
        *_stages(program, plan, used),
    )


def _negative(program: Program, used: pd.DataFrame) -> Iterator[Fault]:
    below = used[used["kg"] < 0]
    for lot, demand, kg in zip(below["lot"].tolist(), below["demand"].tolist(), below["kg"].tolist(), strict=True):
        yield Fault("negative", _pair(program, lot, demand), kg, 0)


def _over(sides: pd.DataFrame, used: pd.DataFrame, side: str) -> Iterator[Fault]:
    given = _sums(used[side].to_numpy(), used["kg"].to_numpy(), len(sides))
    allowed = sides["quantity_kg"].to_numpy("int64")
    for place in np.flatnonzero(given > allowed).tolist():
        yield Fault(side, str(sides[f"{side}_id"].iloc[place]), int(given[place]), int(allowed[place]))


def _over_capacity(program: Program, used: pd.DataFrame) -> Iterator[Fault]:
    carried = used[used["cooperative"] != DIRECT]
    given = _sums(carried["cooperative"].to_numpy(), carried["kg"].to_numpy(), len(program.cooperatives))
    allowed = program.cooperatives["capacity_kg"].to_numpy("int64")
    for place in np.flatnonzero((allowed != NO_BOUND) & (given > allowed)).tolist():
        name = str(program.cooperatives["cooperative_id"].iloc[place])
        yield Fault("capacity", name, int(given[place]), int(allowed[place]))


def _batches(program: Program, used: pd.DataFrame) -> Iterator[Fault]:
    """Yield deliveries below the demand's smallest batch: a lot's own, or all that one cooperative brings there."""
    smallest = program.demands["min_batch_kg"].tolist()
    brought: dict[tuple[int, int, int], int] = defaultdict(int)
    for lot, demand, cooperative, kg in _rows(used):
        brought[(lot if cooperative == DIRECT else DIRECT, demand, cooperative)] += kg
    for (lot, demand, cooperative), kg in sorted(brought.items()):
        if 0 < kg < smallest[demand]:
            about = _pair(program, lot, demand) if cooperative == DIRECT else _carried(program, cooperative, demand)
            yield Fault("batch", about, kg, int(smallest[demand]))


def _splits(program: Program, used: pd.DataFrame) -> Iterator[Fault]:
    smallest = program.lots["min_split_kg"].tolist()
    for lot, demand, _, kg in _rows(used):
        if 0 < kg < smallest[lot]:
            yield Fault("split", _pair(program, lot, demand), kg, int(smallest[lot]))


def _rules(program: Program, used: pd.DataFrame) -> Iterator[Fault]:
    rules = program.rules
    told = pd.DataFrame(
        {
            "lot": program.lots["lot_id"].to_numpy()[used["lot"]],
            "seller": program.lots["seller_id"].to_numpy()[used["lot"]],
            "demand": program.demands["demand_id"].to_numpy()[used["demand"]],
            "enterprise": program.demands["enterprise_id"].to_numpy()[used["demand"]],
            "kg": used["kg"].to_numpy(),
        }
    )
    # One more place at the end: what no cooperative carries has the position -1.
    carriers = np.array([*program.cooperatives["cooperative_id"], ""], dtype=object)[used["cooperative"]]
    for lot, demand, least in rules.locked:
        given = int(told.loc[(told["lot"] == lot) & (told["demand"] == demand), "kg"].sum())
        if given < least:
            yield Fault("locked", f"{lot} -> {demand}", given, least)
    for lot, demand in rules.forbidden:
        given = int(told.loc[(told["lot"] == lot) & (told["demand"] == demand), "kg"].sum())
        if given > 0:
            yield Fault("forbidden", f"{lot} -> {demand}", given, 0)
    for buyer, least, lots in rules.reserved:
        is_theirs = (told["demand"] == buyer) | (told["enterprise"] == buyer)
        given = int(told.loc[is_theirs & (told["lot"].isin(lots) if lots else True), "kg"].sum())
        if given < least:
            yield Fault("reserved", buyer, given, least)
    for cooperative, least in rules.floors:
        is_its = (carriers == cooperative) | ((carriers == "") & (told["seller"] == cooperative))
        given = int(told.loc[is_its, "kg"].sum())
        if given < least:
            yield Fault("floor", cooperative, given, least)


def _stages(program: Program, plan: Plan, used: pd.DataFrame) -> Iterator[Fault]:
    values = stage_values(program, plan.kg)
    if len(plan.stages) != len(values):
        yield Fault("stage_count", "stages", len(plan.stages), len(values))
        return
    for number, (stage, value) in enumerate(zip(plan.stages, values, strict=True)):
        # Transport is to be as little as possible; of everything else as much.
        is_beyond = stage.bound > stage.value if number == TRANSPORT else stage.bound < stage.value
        if stage.value != value:
            yield Fault("stage_value", stage.name, int(stage.value), value)
        if is_beyond:
            yield Fault("stage_bound", stage.name, int(stage.bound), int(stage.value))
        if stage.is_optimal and stage.bound != stage.value:
            yield Fault("stage_optimal", stage.name, int(stage.value), int(stage.bound))


def stage_values(program: Program, kg: NDArray[np.int64]) -> tuple[int, ...]:
    """Return what the kilograms come to: weighted kg sold, income in fen, kg times hundred metres.

    Then, where the ways say what the plan before gave, the kg that go by the same ways as there.
    """
    places = np.flatnonzero(kg)
    amounts = kg[places].tolist()
    weights = program.lots["weight"].to_numpy("int64")[program.ways["lot"].to_numpy()[places]].tolist()
    incomes = program.ways["income_fen_per_kg"].to_numpy()[places].tolist()
    distances = program.ways["distance_hm"].to_numpy()[places].tolist()
    # Python's whole numbers: no sum is too large for them.
    sums = [
        sum(each * amount for each, amount in zip(column, amounts, strict=True))
        for column in (weights, incomes, distances)
    ]
    if "before_kg" in program.ways:
        before = program.ways["before_kg"].to_numpy()[places].tolist()
        sums.append(sum(min(each, amount) for each, amount in zip(before, amounts, strict=True)))
    return tuple(sums)


def _sums(places: NDArray[np.int32], kg: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    sums = np.zeros(count, dtype="int64")
    np.add.at(sums, places, kg)
    return sums


def _rows(used: pd.DataFrame) -> Iterator[tuple[int, int, int, int]]:
    return zip(*(used[name].tolist() for name in ("lot", "demand", "cooperative", "kg")), strict=True)


def _pair(program: Program, lot: int, demand: int) -> str:
    return f"{program.lots['lot_id'].iloc[lot]} -> {program.demands['demand_id'].iloc[demand]}"


def _carried(program: Program, cooperative: int, demand: int) -> str:
    sender = program.cooperatives["cooperative_id"].iloc[cooperative]
    return f"{sender} -> {program.demands['demand_id'].iloc[demand]}"
