"""A new plan starts from the help that was accepted and from what was paid, as the next acceptance does."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.fetch.risk import ToldNumbers
from analysis.questions.assist_plan import assist_plan
from analysis.questions.assist_plan_graph import GraphAssistAsked, graph_assist_source
from analysis.questions.assist_plan_made import AssistSource, HowToAssist, assist_allocation
from analysis.risk.model import expert_model
from graph_schema import Schema
from graph_store import GraphStore
from loaders.graph_update import bring_up_to_date
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.change import change_help
from loaders.kept.assist.pay import HelpPayment, report_help_payment
from loaders.kept.desk import Desk
from policy import Policy
from tests.loaders.kept.assisting import DAY, FAR, NEAR, desk_at
from tests.one_engine import on_one_engine

H3 = "h3-B36-2026-05-20"


@pytest.fixture
def promised(tmp_path: Path, schema: Schema, policy: Policy) -> Desk:
    """Return a desk at a small county, where all of a draft was accepted."""
    desk = desk_at(tmp_path / "promised", schema, policy)
    accept(desk, Acceptance("last"))
    return desk


def source_of(store: GraphStore, desk: Desk, *, with_ledger: bool = True) -> AssistSource:
    told = ToldNumbers(desk.ledger) if with_ledger else None
    return graph_assist_source(store, desk.schema, expert_model(desk.schema), GraphAssistAsked(), DAY, told=told)


def left_of(store: GraphStore, desk: Desk, *, with_ledger: bool = True) -> dict[str, int]:
    """Return what a plan finds left of each budget and of the places of each offer."""
    source = source_of(store, desk, with_ledger=with_ledger)
    allocation = assist_allocation(source, desk.schema, DAY, HowToAssist())
    programmes, resources = allocation.program.programmes, allocation.program.resources
    return {
        **dict(zip(programmes["programme_id"], programmes["budget_fen"], strict=True)),
        **dict(zip(resources["resource_id"], resources["capacity"], strict=True)),
    }


@on_one_engine
def test_what_is_promised_is_off_budgets_and_places_of_the_next_plan(promised: Desk, store: GraphStore) -> None:
    bring_up_to_date(store, promised.ledger, promised.schema, promised.policy, day=DAY)
    left = left_of(store, promised)
    # Of 1,000,000: three times B36 at 250,000, and the 100,000 of the help that ran before.
    assert (left["pr"], left["px"]) == (150_000, 1_700_000)
    assert (left["offer/pr/B36"], left["partner/px/e1"], left["partner_budget/px/e1"]) == (0, 1, 200_000)
    # The accepted help uses one of two jobs.
    assert left["enterprise/e1/job"] == 1
    assert accept(promised, Acceptance("last", household_ids=("h3",))).left[0].left_fen == left["pr"]


@on_one_engine
def test_of_what_was_stopped_only_what_was_paid_is_gone(promised: Desk, store: GraphStore) -> None:
    report_help_payment(promised, H3, HelpPayment(approved_fen=200_000, paid_fen=30_000))
    change_help(promised, H3, "stopped", "found work in the city")
    bring_up_to_date(store, promised.ledger, promised.schema, promised.policy, day=DAY)
    # The graph holds no payments: without the ledger what was stopped is free again as a whole.
    assert left_of(store, promised)["pr"] == 150_000 + 250_000 - 30_000
    assert left_of(store, promised, with_ledger=False)["pr"] == 150_000 + 250_000


@on_one_engine
def test_a_household_with_two_homes_is_planned_for_once_and_told(promised: Desk, store: GraphStore) -> None:
    bring_up_to_date(store, promised.ledger, promised.schema, promised.policy, day=DAY)
    second = {"from_kind": "Household", "from_id": "h1", "to_kind": "Area", "to_id": FAR}
    store.merge_relationships("LIVES_IN", pd.DataFrame([second], dtype=object))
    found = {"from_kind": "Household", "from_id": "h1", "to_kind": "Cause", "to_id": "M03"}
    held = {"severity": 0.6, "confidence": 1.0, "status": "confirmed", "onset_on": DAY}
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**found, **held}], dtype=object))
    answer = assist_plan(source_of(store, promised), promised.schema, day=DAY)
    (notice,) = [each for each in answer.notices if each.code == "notice_assist_two_homes"]
    assert notice.text_en.startswith("Of 1 households")
    assert [(each.village.id, each.need_count) for each in answer.by_village] == [(NEAR, 1)]
