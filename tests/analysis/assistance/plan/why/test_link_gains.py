"""What links that are missing would bring: by hand, against every plan tried, and never more than told beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.assistance.plan.arrange import arranged
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.links import link_gains
from tests.analysis.assistance.plan.made import made_program, random_program
from tests.analysis.assistance.plan.oracle import best_values, trial_count

SECONDS = 20.0
MOST_TRIALS = 3_000
NO_RESOURCES = pd.DataFrame({"resource_id": [], "holder_id": [], "layer": [], "capacity": []})


class Link(NamedTuple):
    """A link that is not there."""

    chains: pd.DataFrame
    resources: pd.DataFrame = NO_RESOURCES


def chain(need: str, programme: str, cost: int, cover: int, **more: object) -> dict[str, object]:
    """Return one new chain."""
    return {
        "need_id": need,
        "programme_id": programme,
        "cost_fen": cost,
        "cover_fen": cover,
        "most": -1,
        **more,
    }


def link(*chains: dict[str, object]) -> Link:
    """Return a link with these chains."""
    return Link(pd.DataFrame(list(chains)))


def left_alone() -> AssistProgram:
    """Return two needs; the second, which weighs more, has no chain. Money of the first programme is left."""
    return made_program([(1, 3, 10), (3, 5, 10)], [14, 5], [(0, 0, -1, -1, 1, 1)])


def test_the_link_that_reaches_whom_nobody_reaches_is_told_first_and_a_link_to_the_covered_brings_nothing() -> None:
    program = left_alone()
    plan = solve(program, seconds=SECONDS)
    candidates = [
        link(chain("n00", "p01", 1, 1)),
        link(chain("n01", "p01", 1, 1)),
        link(chain("n01", "p00", 1, 1)),
    ]
    found = link_gains(program, plan, candidates, top=2, seconds=SECONDS, most_programmes=3)
    # By the first programme 10 more of weight 3, at 6 of weight 1 less; by the second 5 of weight 3.
    columns = ["candidate", "need_count", "gain", "covered_fen", "household_count"]
    assert found.gains[columns].head(2).values.tolist() == [[2, 1, 24, 4, 1], [1, 1, 15, 5, 1]]
    assert found.gains["most_gain"].tolist() == [30, 30, 0]
    assert found.gains["gain"].isna().tolist() == [False, False, True]
    assert found.compared[2].by_household["lost_fen"].tolist() == [6, 0]


def test_a_chain_that_is_there_already_is_no_new_link() -> None:
    program = left_alone()
    plan = solve(program, seconds=SECONDS)
    found = link_gains(program, plan, [link(chain("n00", "p00", 1, 1))], top=1, seconds=SECONDS, most_programmes=3)
    assert found.gains[["need_count", "most_gain"]].values.tolist() == [[0, 0]]
    assert found.compared == {}


def test_a_link_may_bring_places_that_the_program_did_not_know() -> None:
    program = left_alone()
    plan = solve(program, seconds=SECONDS)
    seats = pd.DataFrame({"resource_id": ["a0"], "holder_id": ["c1"], "layer": ["cooperative"], "capacity": [2]})
    chains = pd.DataFrame([chain("n01", "p01", 0, 1, cooperative_resource_id="a0", cooperative_use=1)])
    found = link_gains(program, plan, [Link(chains, seats)], top=1, seconds=SECONDS, most_programmes=3)
    assert found.gains["gain"].tolist() == [6]


def test_no_link_brings_more_than_told_and_the_best_plan_with_it_is_found() -> None:
    tried = 0
    rng = np.random.default_rng(3)
    for seed in range(24):
        program = random_program(seed, size=3, with_measures=bool(seed % 2))
        program = replace(program, needs=program.needs.assign(village_id="v00"))
        need = program.needs.iloc[0]
        new = chain(str(need["need_id"]), "p00", int(rng.integers(0, 4)), int(rng.integers(1, 4)))
        frames = (program.needs, program.programmes, program.resources)
        chains = pd.concat([_by_id(program), pd.DataFrame([new])])
        if chains.duplicated([name for name in chains if str(name).endswith("_id")]).any():
            continue
        changed = arranged(*frames, chains)
        if trial_count(changed) > MOST_TRIALS:
            continue
        before, after = (best_values(each, most_programmes=2) for each in (program, changed))
        assert before is not None
        assert after is not None
        plan = solve(program, seconds=SECONDS, most_programmes=2)
        found = link_gains(program, plan, [link(new)], top=1, seconds=SECONDS, most_programmes=2)
        row = found.gains.iloc[0]
        assert after[0] - before[0] <= row["most_gain"] + found.slack, seed
        assert pd.isna(row["gain"]) or row["gain"] == after[0] - before[0], seed
        tried += 1
    assert tried > 5


def _by_id(program: AssistProgram) -> pd.DataFrame:
    """Return the chains with ids, written out one by one."""
    rows = []
    resources = program.resources["resource_id"].tolist()
    for row in program.chains.to_dict("records"):
        named = {
            "need_id": program.needs["need_id"].iloc[row["need"]],
            "programme_id": program.programmes["programme_id"].iloc[row["programme"]],
            "measure_id": program.measures[row["measure"]] if row["measure"] >= 0 else None,
        }
        for slot in ("agency", "enterprise", "cooperative", "offer", "partner", "partner_budget"):
            named[f"{slot}_resource_id"] = resources[row[slot]] if row[slot] >= 0 else None
            named[f"{slot}_use"] = row[f"{slot}_use"]
        rows.append({**named, **{name: row[name] for name in ("cost_fen", "cover_fen", "most")}})
    return pd.DataFrame(rows)
