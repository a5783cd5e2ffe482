"""Plans made in a child process: the same as those made here, and a child that ends is replaced."""

from __future__ import annotations

import mmap
import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from ledger import Ledger
from loaders.errors import LoadError, NoPolicyThen
from loaders.graph_plan import AS_OF, DAY, GROUND, LOADS, GraphPlan, ground_of
from loaders.plan_process import LARGEST_KB, PlannerApart, PlannerHere
from policy import Policy
from tests.loaders.graph.written_facts import DAY as SHOWN
from tests.loaders.graph.written_facts import MONDAY, Facts, load

NOTHING: dict[str, int] = {}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy) -> Ledger:
    """Return a ledger with two loads of one household each."""
    made = Ledger.open(tmp_path_factory.mktemp("apart") / "data", schema)
    for number, household in enumerate(["h1", "h2"]):
        load(made, Facts(schema, policy).household(household), MONDAY + timedelta(days=number))
    return made


@pytest.fixture(scope="module")
def apart(ledger: Ledger) -> Iterator[PlannerApart]:
    planner = PlannerApart(ledger.folder, None)
    planner.prepare(SHOWN)
    yield planner
    planner.close()


def written(plan: GraphPlan) -> dict[str, pd.DataFrame]:
    return {kind: rows for change, _ in plan.steps for kind, rows in change.nodes.items()}


def test_a_child_makes_the_plan_that_this_process_makes(
    apart: PlannerApart, ledger: Ledger, schema: Schema, policy: Policy
) -> None:
    noted = {LOADS: 0, GROUND: ground_of(schema, policy), AS_OF: 0, DAY: SHOWN.toordinal()}
    here = PlannerHere(ledger, schema, policy).plan(noted, "embedded", SHOWN)
    there = apart.plan(noted, "embedded", SHOWN)
    assert (there.mode, there.version, there.day, there.ground) == ("updated", 1, SHOWN, here.ground)
    assert list(written(there)) == list(written(here)) == ["Household"]
    assert written(there)["Household"].equals(written(here)["Household"])
    assert list(written(there)["Household"]["id"]) == ["h2"]


def test_what_the_child_cannot_do_is_raised_here(apart: PlannerApart) -> None:
    with pytest.raises(NoPolicyThen) as refused:
        apart.plan(NOTHING, "embedded", SHOWN.replace(year=1990))
    assert refused.value.fields["day"] == SHOWN.replace(year=1990)


def test_a_child_that_was_killed_is_replaced(apart: PlannerApart) -> None:
    first = apart.child_number
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while apart.child_number == first:
        time.sleep(0.01)
    assert apart.plan(NOTHING, "embedded", SHOWN).mode == "rebuilt"
    assert apart.child_number not in (None, first)


@pytest.mark.soak
def test_a_child_stays_however_large_its_parent_once_was(ledger: Ledger) -> None:
    pages = mmap.mmap(-1, (LARGEST_KB + 50_000) * 1024)
    pages.write(b"1" * len(pages))
    planner = PlannerApart(ledger.folder, None)
    planner.plan(NOTHING, "embedded", SHOWN)
    pages.close()
    child = planner.child_number
    planner.plan(NOTHING, "embedded", SHOWN)
    assert planner.child_number == child is not None
    planner.close()


def test_plans_of_a_small_ledger_do_not_stand_back(apart: PlannerApart) -> None:
    apart.plan(NOTHING, "embedded", SHOWN)
    child = apart.child_number
    assert child is not None
    assert os.getpriority(os.PRIO_PROCESS, child) == os.getpriority(os.PRIO_PROCESS, 0)


def test_once_closed_it_plans_no_more(ledger: Ledger) -> None:
    planner = PlannerApart(Path(ledger.folder), None)
    planner.close()
    with pytest.raises(LoadError) as refused:
        planner.plan(NOTHING, "embedded", SHOWN)
    assert refused.value.code == "plan_broken_off"
