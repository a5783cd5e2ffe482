"""Whether a plan keeps every constraint of its program: recomputed from the units alone, whoever made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.assistance.plan.program import (
    COST,
    NEED,
    NONE,
    SLOTS,
    STAGES,
    TIERS,
    AssistPlan,
    AssistProgram,
    Units,
)


@dataclass(frozen=True)
class Fault:
    """One constraint that is broken: its name, what it is about (ids), what was found there and what was allowed."""

    name: str
    about: str
    found: int
    allowed: int


def faults(program: AssistProgram, plan: AssistPlan, *, most_programmes: int) -> tuple[Fault, ...]:
    """Return every constraint of the program that the plan breaks, and every stage whose value its units belie.

    Knows nothing of how the plan was made. Names: `chain_count`, `whole_units` (no further check is possible),
    `negative`, `most`, `need`, `measure`, `budget`, `capacity`, `household_limit`, `programmes`, `locked`, `forbidden`,
    `floor`, `ceiling`, `stage_names`, `stage_value`, `stage_bound`, `stage_optimal`.
    """
    if len(plan.units) != len(program.chains):
        return (Fault("chain_count", "chains", len(plan.units), len(program.chains)),)
    if not np.issubdtype(plan.units.dtype, np.integer):
        return (Fault("whole_units", str(plan.units.dtype), 0, 0),)
    given = _given(program, plan.units)
    return (
        *_chains(given),
        *_over(given.groupby("need_id")["covered"].sum(), _bounds(program.needs, "need_id", "need_fen"), "need"),
        *_measures(program, given),
        *_over(
            given.groupby("programme_id")["paid"].sum(),
            _bounds(program.programmes, "programme_id", "budget_fen"),
            "budget",
        ),
        *_capacities(program, given),
        *_households(program, given, most_programmes),
        *_rules(program, given),
        *_stages(program, plan),
    )


def _given(program: AssistProgram, units: Units) -> pd.DataFrame:
    """Return one row per chain with units: who gives and gets, units, fen covered and paid, capacity used."""
    chains = program.chains.assign(units=units)[units != 0].reset_index(drop=True)
    needs = program.needs.iloc[chains["need"].to_numpy()].reset_index(drop=True)
    programmes = program.programmes.iloc[chains["programme"].to_numpy()].reset_index(drop=True)
    # One more place at the end: a chain without a resource has the position -1.
    resources, holders = (
        np.array([*program.resources[name], ""], dtype=object) for name in ("resource_id", "holder_id")
    )
    taken = {slot: resources[chains[slot].to_numpy()] for slot in SLOTS}
    used = {f"{slot}_used": chains["units"] * chains[f"{slot}_use"] for slot in SLOTS}
    return pd.DataFrame(
        {
            "need_id": needs["need_id"],
            "household_id": needs["household_id"],
            "village_id": needs["village_id"],
            "programme_id": programmes["programme_id"],
            **taken,
            **used,
            "enterprise_id": holders[chains["enterprise"].to_numpy()],
            "measure": np.array([*program.measures, ""], dtype=object)[chains["measure"].to_numpy()],
            "units": chains["units"],
            "most": chains["most"],
            "covered": chains["units"] * chains["cover_fen"],
            "paid": chains["units"] * chains["cost_fen"],
        }
    )


def _bounds(frame: pd.DataFrame, name: str, bound: str) -> dict[str, int]:
    return {str(key): int(value) for key, value in zip(frame[name], frame[bound], strict=True) if value != NONE}


def _over(found: pd.Series[int], allowed: dict[str, int], name: str) -> Iterator[Fault]:
    for about, value in found.items():
        if str(about) in allowed and value > allowed[str(about)]:
            yield Fault(name, str(about), int(value), allowed[str(about)])


def _chains(given: pd.DataFrame) -> Iterator[Fault]:
    for row in given[given["units"] < 0].itertuples():
        yield Fault("negative", f"{row.programme_id} -> {row.need_id}", int(str(row.units)), 0)
    for row in given[(given["most"] != NONE) & (given["units"] > given["most"])].itertuples():
        yield Fault("most", f"{row.programme_id} -> {row.need_id}", int(str(row.units)), int(str(row.most)))


def _measures(program: AssistProgram, given: pd.DataFrame) -> Iterator[Fault]:
    """Of one measure a need takes at most one unit, through whatever chains."""
    told = given[given["measure"] != ""]
    units = told.groupby(["need_id", "measure"])["units"].sum()
    found = units[units > 1]
    for (need, measure), count in zip(found.index, found.tolist(), strict=True):
        yield Fault("measure", f"{measure} -> {need}", int(count), 1)


def _capacities(program: AssistProgram, given: pd.DataFrame) -> Iterator[Fault]:
    allowed = _bounds(program.resources, "resource_id", "capacity")
    for slot in SLOTS:
        yield from _over(given[given[slot] != ""].groupby(slot)[f"{slot}_used"].sum(), allowed, "capacity")


def _households(program: AssistProgram, given: pd.DataFrame, most_programmes: int) -> Iterator[Fault]:
    limits = _bounds(program.programmes, "programme_id", "household_limit_fen")
    paid = given.groupby(["household_id", "programme_id"])["paid"].sum()
    for (household, programme), value in zip(paid.index, paid.tolist(), strict=True):
        if programme in limits and value > limits[programme]:
            yield Fault("household_limit", f"{programme} -> {household}", int(value), limits[programme])
    helping = given.groupby("household_id")["programme_id"].nunique()
    for household, count in helping[helping > most_programmes].items():
        yield Fault("programmes", str(household), int(count), most_programmes)


def _rules(program: AssistProgram, given: pd.DataFrame) -> Iterator[Fault]:
    rules = program.rules
    for household, programme, least in rules.locked:
        is_theirs = (given["household_id"] == household) & (given["programme_id"] == programme)
        covered = int(given.loc[is_theirs, "covered"].sum())
        if covered < least:
            yield Fault("locked", f"{programme} -> {household}", covered, least)
    for household, programme in rules.forbidden:
        is_theirs = (given["household_id"] == household) & (given["programme_id"] == programme)
        if is_theirs.any():
            yield Fault("forbidden", f"{programme} -> {household}", int(given.loc[is_theirs, "covered"].sum()), 0)
    for village, least in rules.floors:
        covered = int(given.loc[given["village_id"] == village, "covered"].sum())
        if covered < least:
            yield Fault("floor", village, covered, least)
    for enterprise, most in rules.ceilings:
        covered = int(given.loc[given["enterprise_id"] == enterprise, "covered"].sum())
        if covered > most:
            yield Fault("ceiling", enterprise, covered, most)


def _stages(program: AssistProgram, plan: AssistPlan) -> Iterator[Fault]:
    names = tuple(stage.name for stage in plan.stages)
    if names != STAGES:
        yield Fault("stage_names", ", ".join(names), len(names), len(STAGES))
        return
    is_best_so_far = True
    for stage, value in zip(plan.stages, stage_values(program, plan.units), strict=True):
        if stage.value != value:
            yield Fault("stage_value", stage.name, stage.value, value)
        if stage.name == NEED and stage.bound < stage.value:
            yield Fault("stage_bound", stage.name, stage.bound, stage.value)
        is_best_so_far = is_best_so_far and stage.bound == stage.value
        if stage.is_optimal and not is_best_so_far:
            yield Fault("stage_optimal", stage.name, stage.value, stage.bound)


def stage_values(program: AssistProgram, units: Units) -> tuple[int, ...]:
    """Return what the units come to, in the order of the stages: weighted fen covered, the same per tier, fen paid."""
    places = np.flatnonzero(units)
    chains = program.chains.iloc[places]
    needs = program.needs.iloc[chains["need"].to_numpy()]
    values = dict.fromkeys(STAGES, 0)
    # Python's whole numbers: no sum is too large for them.
    for amount, cover, cost, weight, tier in zip(
        units[places].tolist(),
        chains["cover_fen"].tolist(),
        chains["cost_fen"].tolist(),
        needs["severity_weight"].tolist(),
        needs["tier"].tolist(),
        strict=True,
    ):
        values[NEED] += amount * cover * weight
        values[f"tier_{tier}"] += amount * cover * weight
        values[COST] += amount * cost
    return (values[NEED], *(values[f"tier_{tier}"] for tier in TIERS), values[COST])
