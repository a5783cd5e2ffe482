"""Drafts of help that were kept, what was accepted of them and what came of it. All of it is made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.assistance.kept_forms import KeptUnit, KeptUse
from analysis.errors import QuestionError, SubjectNotFound
from analysis.fetch.kept_assist import help_sums_on, kept_assist_plan, kept_assist_plan_since, kept_assist_plans
from analysis.page import Page
from analysis.questions.assist_helps import HelpsAsked, assist_helps
from analysis.questions.assist_kept import (
    assist_kept,
    assist_kept_plan,
    kept_assist_parameters,
    kept_assist_result,
    open_units,
)
from graph_schema import Schema, load_schema
from ledger import Ledger
from loaders.kept.assist.runs import NewAssistRun, keep_assist_run
from loaders.kept.own_facts import REVITALISATION, OwnFacts, keep_own_facts

MAY, DAY, JUNE = datetime(2026, 5, 20, 8, tzinfo=UTC), date(2026, 5, 20), date(2026, 6, 1)
# H01 is illness, which is sensitive; B01 is given against it. M03 and B36 are about sales.
SALES = KeptUnit("h1", "M03", "pr", "B36", "e1", None, None, 250_000, 200_000, (KeptUse("Resource", "j", 1.0),))
ILLNESS = KeptUnit("h2", "H01", "pr", "B01", None, None, None, 90_000, 80_000)
OTHER = KeptUnit("h3", "M03", "pr", "B36", None, None, None, 250_000, 200_000)


@dataclass(frozen=True)
class DoneStage:
    name: str = "need"
    value: int = 5
    bound: int = 6
    is_optimal: bool = False


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    return Ledger.open(tmp_path / "data", schema)


def keep(ledger: Ledger, at: datetime = MAY, area: str | None = None, units: Sequence[KeptUnit] = ()) -> str:
    run = NewAssistRun(
        started_at=at,
        finished_at=at + timedelta(seconds=2),
        data_on=DAY,
        policy_on=DAY,
        vocabulary_version="1",
        parameters=kept_assist_parameters(
            area=area, programmes=["pr"], day=DAY, rules={"locked": [{"a": 1}]}, most_programmes=3, seconds=30.0
        ),
        result=kept_assist_result(
            totals={"need_fen": 900_000}, stages=[DoneStage()], units=units or (OTHER, ILLNESS, SALES)
        ),
        area_id=area,
    )
    return keep_assist_run(ledger, run, recorded_at=at).id


def tell(ledger: Ledger, kind: str, *rows: Mapping[str, object], at: datetime = MAY, since: date = DAY) -> None:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    facts = {kind: OwnFacts(columns, valid_from=since)}
    keep_own_facts(ledger, facts, feed=REVITALISATION, name="told", recorded_at=at)


def accepted(ledger: Ledger, run_id: str) -> None:
    """Accept the help against illness and one of the two about sales; pay some of each."""
    usual = {"programme_id": "pr", "run_id": run_id, "assistance_status": "planned", "starts_on": DAY}
    tell(
        ledger,
        "Assistance",
        {"id": "a1", "household_id": "h1", "measure_id": "B36", "amount_fen": 250_000, "enterprise_id": "e1", **usual},
        {"id": "a2", "household_id": "h2", "measure_id": "B01", "amount_fen": 90_000, "enterprise_id": None, **usual},
    )
    tell(ledger, "TARGETS", {"from_id": "a1", "to_id": "M03"}, {"from_id": "a2", "to_id": "H01"})
    stopped = usual | {"assistance_status": "stopped"}
    tell(
        ledger,
        "Assistance",
        {"id": "a2", "household_id": "h2", "measure_id": "B01", "amount_fen": 90_000, **stopped, "reason": "cured"},
        at=MAY + timedelta(days=12),
        since=JUNE,
    )
    paid = {"approved_on": DAY, "programme_id": "pr", "payment_status": "paid", "paid_on": DAY}
    tell(
        ledger,
        "Payment",
        {"id": "a1-1", "assistance_id": "a1", "household_id": "h1", "approved_fen": 900, "paid_fen": 800, **paid},
        {"id": "a2-1", "assistance_id": "a2", "household_id": "h2", "approved_fen": 70, "paid_fen": 60, **paid},
        {"id": "a2-2", "assistance_id": "a2", "household_id": "h2", "approved_fen": 7, "paid_fen": 6, **paid}
        | {"payment_status": "returned"},
    )


def test_a_draft_comes_back_as_it_was_kept(ledger: Ledger) -> None:
    plan = kept_assist_plan(ledger, keep(ledger))
    assert (plan.run_id, plan.day, plan.parameters.most_programmes) == ("allocation-2026-05-20T08:00:00Z", DAY, 3)
    # By household, whatever the order in which they were given.
    assert plan.units == (SALES, ILLNESS, OTHER)
    assert [(each.value, each.bound) for each in plan.result.stages] == [(5, 6)]


def test_a_unit_is_kept_as_a_plain_list_and_read_without_uses_too(ledger: Ledger) -> None:
    result = kept_assist_result(totals={}, stages=[], units=[SALES])
    assert json.loads(json.dumps(result))["units"] == [
        ["h1", "M03", "pr", "B36", "e1", None, None, 250_000, 200_000, [["Resource", "j", 1.0]]]
    ]
    short = {**result, "units": [list(ILLNESS[:9])]}
    run = NewAssistRun(MAY, MAY, DAY, DAY, "1", _parameters(), short)
    assert kept_assist_plan(ledger, keep_assist_run(ledger, run, recorded_at=MAY).id).units == (ILLNESS,)


def _parameters() -> dict[str, object]:
    return kept_assist_parameters(area=None, programmes=[], day=DAY, rules={}, most_programmes=3, seconds=1.0)


def test_the_last_is_the_one_kept_last_of_the_area(ledger: Ledger) -> None:
    first, _ = keep(ledger), keep(ledger, MAY + timedelta(hours=1), "350624")
    last = keep(ledger, MAY + timedelta(hours=2))
    assert [plan.run_id for plan in kept_assist_plans(ledger)][::2] == [first, last]
    assert kept_assist_plan_since(ledger, "last").run_id == last
    assert kept_assist_plan_since(ledger, "last", area_id="350624").parameters.area == "350624"
    for asked, code in (("x", "unknown_kept_assist_plan"), ("last", "no_kept_assist_plan")):
        with pytest.raises(SubjectNotFound) as caught:
            kept_assist_plan_since(ledger, asked, area_id="11")
        assert caught.value.code == code


def test_the_list_tells_how_much_was_accepted_of_each_but_nothing_of_an_illness(ledger: Ledger, schema: Schema) -> None:
    assert assist_kept(ledger, schema).plans == ()
    first = keep(ledger)
    keep(ledger, MAY + timedelta(hours=1))
    accepted(ledger, first)
    told = assist_kept(ledger, schema).plans
    assert [(each.run_id == first, each.unit_count, each.accepted_count) for each in told] == [
        (False, 3, 0),
        (True, 3, 1),
    ]
    assert (told[0].rule_count, told[0].programme_ids, told[0].totals) == (1, ("pr",), {"need_fen": 900_000})


def test_a_draft_tells_what_came_of_it_and_lists_nothing_that_tells_an_illness(ledger: Ledger, schema: Schema) -> None:
    accepted(ledger, keep(ledger))
    told = assist_kept_plan(ledger, schema, "last", day=JUNE)
    assert [(each.household_id, each.help_id, each.status) for each in told.units] == [
        ("h1", "a1", "planned"),
        ("h3", None, None),
    ]
    assert (told.hidden_count, [each.code for each in told.notices]) == (1, ["notice_helps_hidden"])
    # Nor is it counted: where one household was accepted, a number more would tell.
    assert told.helps.model_dump() == {"planned": 1, "running": 0, "done": 0, "stopped": 0}
    assert (told.plan.accepted_count, told.amounts.promised_fen, told.amounts.paid_fen) == (1, 250_000, 800)
    whole = assist_kept_plan(ledger, schema, "last", day=JUNE, show_sensitive=True)
    assert [each.status for each in whole.units] == ["planned", "stopped", None]
    # What was stopped is promised no more, and what came back was not paid.
    assert whole.helps.model_dump() == {"planned": 1, "running": 0, "done": 0, "stopped": 1}
    assert (whole.amounts.promised_fen, whole.amounts.approved_fen, whole.amounts.paid_fen) == (250_000, 970, 860)
    # On an earlier day the earlier state is told.
    earlier = assist_kept_plan(ledger, schema, "last", day=DAY, show_sensitive=True)
    assert [each.status for each in earlier.units] == ["planned", "planned", None]


def test_only_what_nobody_has_accepted_of_a_draft_is_open(ledger: Ledger) -> None:
    plan = kept_assist_plan_since(ledger, keep(ledger))
    assert open_units(ledger, plan, day=JUNE) == plan.units
    accepted(ledger, plan.run_id)
    assert [unit.household_id for unit in plan.units] == ["h1", "h2", "h3"]
    # What was accepted and then stopped is decided too.
    assert [unit.household_id for unit in open_units(ledger, plan, day=JUNE)] == ["h3"]


def test_help_is_listed_with_payments_only_where_they_may_be_shown(ledger: Ledger, schema: Schema) -> None:
    accepted(ledger, "r")
    told = assist_helps(ledger, schema, HelpsAsked(run_id="r"), day=JUNE)
    assert [(each.help_id, each.provider_id, each.cause_ids) for each in told.helps] == [("a1", "e1", ("M03",))]
    assert (told.helps[0].paid_fen, told.helps[0].payments, told.hidden_count) == (None, (), 1)
    assert told.amounts is not None
    assert told.amounts.paid_fen == 860
    assert [each.code for each in told.notices] == ["notice_helps_hidden", "notice_payments_hidden"]
    whole = assist_helps(ledger, schema, HelpsAsked(run_id="r"), day=JUNE, show_sensitive=True)
    assert [(each.help_id, each.approved_fen, each.paid_fen, each.reason) for each in whole.helps] == [
        ("a1", 900, 800, None),
        ("a2", 70, 60, "cured"),
    ]
    assert [each.payment_status for each in whole.helps[1].payments] == ["paid", "returned"]
    # Of one household neither its illness nor its payments can be told from a sum.
    own = assist_helps(ledger, schema, HelpsAsked(household_id="h2"), day=JUNE)
    assert (own.counts.stopped, own.amounts, own.helps, own.hidden_count) == (0, None, (), 1)


def test_help_is_narrowed_and_cut_into_pages(ledger: Ledger, schema: Schema) -> None:
    accepted(ledger, "r")
    first = assist_helps(ledger, schema, HelpsAsked(page=Page(1)), day=JUNE, show_sensitive=True)
    assert ([each.help_id for each in first.helps], first.help_count, first.next_after) == (["a1"], 2, "a1")
    rest = assist_helps(ledger, schema, HelpsAsked(page=Page(1, "a1")), day=JUNE, show_sensitive=True)
    assert ([each.help_id for each in rest.helps], rest.next_after) == (["a2"], None)
    stopped = assist_helps(ledger, schema, HelpsAsked(status="stopped"), day=JUNE, show_sensitive=True)
    assert ([each.help_id for each in stopped.helps], stopped.counts.planned) == (["a2"], 1)
    # Of one help no sum is told, for it would be what was paid to its household.
    alone = assist_helps(ledger, schema, HelpsAsked(help_id="a1"), day=JUNE)
    assert ([each.help_id for each in alone.helps], alone.help_count, alone.amounts) == (["a1"], 1, None)
    with pytest.raises(QuestionError, match="no state paused"):
        assist_helps(ledger, schema, HelpsAsked(status="paused"), day=JUNE)


def test_help_of_the_last_draft_is_that_of_the_draft_kept_last(ledger: Ledger, schema: Schema) -> None:
    with pytest.raises(SubjectNotFound):
        assist_helps(ledger, schema, HelpsAsked(run_id="last"), day=JUNE)
    last = keep(ledger)
    accepted(ledger, last)
    named, by_last = (
        assist_helps(ledger, schema, HelpsAsked(run_id=run_id), day=JUNE, show_sensitive=True)
        for run_id in (last, "last")
    )
    assert (by_last, [each.help_id for each in by_last.helps]) == (named, ["a1", "a2"])


def test_the_sums_of_payments_leave_out_what_came_back(ledger: Ledger) -> None:
    accepted(ledger, "r")
    sums = help_sums_on(ledger, JUNE)
    assert sums[["assistance_id", "approved_fen", "paid_fen"]].to_numpy().tolist() == [["a1", 900, 800], ["a2", 70, 60]]
