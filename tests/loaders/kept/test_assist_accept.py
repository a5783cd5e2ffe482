"""A draft, or a part of it, becomes help that is promised: once, and as far as what stands leaves room."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from ledger import Erasure, Ledger
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.change import change_help
from loaders.kept.desk import Desk
from policy import Policy
from tests.loaders.kept.assisting import (
    DAY,
    FAR,
    LAST,
    NEAR,
    NOW,
    SALE,
    TOWN,
    UNITS,
    help_row,
    keep_draft,
    refused,
    rows,
    tell,
)

HELP = ("id", "assistance_status", "amount_fen", "programme_id", "agency_id", "enterprise_id", "measure_id")
ALL = Acceptance("last")


def test_a_draft_becomes_help_that_is_promised_with_all_that_it_names(helping: Desk) -> None:
    done = accept(helping, ALL)
    assert rows(helping.ledger, "Assistance", *HELP) == [
        ("h1-B36-2026-05-20", "planned", 250_000, "pr", "ag", None, "B36"),
        # The same measure a second time, for another cause.
        ("h1-B36-2026-05-20-M03", "planned", 250_000, "pr", "ag", None, "B36"),
        ("h2-B37-2026-05-20", "planned", 300_000, "px", None, "e1", "B37"),
        ("h3-B36-2026-05-20", "planned", 250_000, "pr", "ag", None, "B36"),
    ]
    assert rows(helping.ledger, "TARGETS", "from_id", "to_id") == [
        ("h1-B36-2026-05-20", "M02"),
        ("h1-B36-2026-05-20-M03", "M03"),
        ("h2-B37-2026-05-20", "M03"),
        ("h3-B36-2026-05-20", "M03"),
    ]
    assert rows(helping.ledger, "USES", "from_id", "to_kind", "to_id", "used_value") == [
        ("h2-B37-2026-05-20", "Resource", "e1-job-1", 1.0)
    ]
    assert {*rows(helping.ledger, "Assistance", "run_id", "starts_on", "feed", "is_made_up")} == {
        ("allocation-2026-05-20T08:00:00Z", DAY, "revitalisation", True)
    }
    # 10,000 less 1,000 of before and three times 2,500; 20,000 less 3,000.
    assert [(each.programme_id, each.left_fen) for each in done.left] == [("pr", 150_000), ("px", 1_700_000)]
    assert (len(done.helps), done.standing, done.amount_fen, done.is_made_up) == (4, (), 1_050_000, True)


def test_what_was_accepted_is_told_and_not_written_again(helping: Desk) -> None:
    first = accept(helping, Acceptance("last", household_ids=("h1",)))
    version = helping.ledger.version
    again = accept(helping, Acceptance("last", household_ids=("h1",)))
    assert (again.load_id, again.helps, helping.ledger.version) == (None, (), version)
    assert [(each.help_id, each.is_of_draft) for each in again.standing] == [
        (each.help_id, True) for each in first.helps
    ]
    rest = accept(helping, ALL)
    assert {each.household_id for each in rest.helps} == {"h2", "h3"}
    assert len(rest.standing) == 2


def test_what_was_stopped_does_not_come_back_with_the_same_draft(helping: Desk) -> None:
    accept(helping, ALL)
    change_help(helping, "h2-B37-2026-05-20", "stopped", "moved to the city")
    again = accept(helping, ALL)
    assert (again.load_id, [each.status for each in again.standing].count("stopped")) == (None, 1)
    # Planned anew, it is another help.
    keep_draft(helping.ledger, [SALE], at=NOW + timedelta(hours=1))
    later = accept(replace(helping, recorded_at=NOW + timedelta(hours=2)), ALL)
    assert [each.help_id for each in later.helps] == ["h2-B37-2026-05-20-2"]


@pytest.mark.parametrize(
    ("asked", "households"),
    [
        ({"area_ids": (NEAR,)}, {"h1", "h2"}),
        ({"area_ids": (FAR,)}, {"h3"}),
        ({"area_ids": (TOWN,)}, {"h1", "h2", "h3"}),
        ({"area_ids": ("3506",), "programme_ids": ("px",)}, {"h2"}),
        ({"household_ids": ("h1", "h3")}, {"h1", "h3"}),
        ({"programme_ids": ("pr",)}, {"h1", "h3"}),
    ],
)
def test_a_part_is_named_by_village_household_or_programme(
    helping: Desk, asked: dict[str, tuple[str, ...]], households: set[str]
) -> None:
    done = accept(helping, Acceptance("last", **asked))  # type: ignore[arg-type]
    assert {each.household_id for each in done.helps} == households


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"run_id": "x"}, "assist_unknown_draft"),
        ({"household_ids": ("h9",)}, "assist_not_in_draft"),
        ({"area_ids": ("11",)}, "assist_not_in_draft"),
        ({"programme_ids": ("pr9",)}, "assist_not_in_draft"),
        ({"area_ids": (FAR,), "programme_ids": ("px",)}, "assist_nothing_chosen"),
        ({"starts_on": date(2226, 5, 20)}, "assist_start_far"),
    ],
)
def test_what_the_draft_does_not_plan_is_named(helping: Desk, asked: dict[str, object], code: str) -> None:
    assert refused(helping, **asked).code == code


def test_the_same_measure_from_elsewhere_is_told_and_not_promised_twice(helping: Desk) -> None:
    of_a_person = help_row(
        "p2-B37-2026-04-01", None, "B37", person_id="p2", programme_id=None, starts_on=date(2026, 4, 1)
    )
    ended = help_row("h3-B36-2025-01-01", "h3", "B36", starts_on=date(2025, 1, 1), ends_on=date(2026, 5, 19))
    tell(helping.ledger, {"Assistance": [of_a_person, ended]})
    done = accept(helping, ALL)
    assert [(each.help_id, each.household_id, each.is_of_draft) for each in done.standing] == [
        ("p2-B37-2026-04-01", "h2", False)
    ]
    assert {each.household_id for each in done.helps} == {"h1", "h3"}


def test_withdrawing_the_load_takes_all_of_it_back_and_ids_are_never_given_again(helping: Desk) -> None:
    first = accept(helping, ALL)
    with helping.ledger.writing() as writer:
        writer.withdraw(str(first.load_id), NOW, "too early")
    assert [rows(helping.ledger, kind, "load_id") for kind in ("Assistance", "TARGETS", "USES")] == [[], [], []]
    again = accept(helping, ALL)
    assert sorted(each.help_id for each in again.helps) == [
        "h1-B36-2026-05-20-2",
        "h1-B36-2026-05-20-M03-2",
        "h2-B37-2026-05-20-2",
        "h3-B36-2026-05-20-2",
    ]


def test_an_erased_household_takes_its_help_and_every_draft_that_names_it(helping: Desk) -> None:
    accept(helping, ALL)
    erased = helping.ledger.erase(Erasure({"Household": frozenset({"h1"})}, "request 14"), at=NOW)
    assert (erased.rows["Run"], erased.rows["Assistance"], erased.rows["TARGETS"]) == (1, 2, 2)
    # The others keep what they were promised.
    assert rows(helping.ledger, "Assistance", "household_id") == [("h2",), ("h3",)]


def test_help_begins_on_the_day_that_is_named(helping: Desk) -> None:
    done = accept(helping, Acceptance("last", household_ids=("h3",), starts_on=date(2026, 6, 1)))
    assert [each.help_id for each in done.helps] == ["h3-B36-2026-06-01"]
    fault = refused(helping, household_ids=("h1",), starts_on=LAST + timedelta(days=1))
    assert (fault.code, fault.fields["day"]) == ("assist_not_running", date(2027, 1, 1))


def test_of_two_people_who_accept_the_same_draft_one_writes_it(helping: Desk) -> None:
    ready, loads = threading.Barrier(2), list[str | None]()

    def person() -> None:
        own = replace(helping, ledger=Ledger.open(helping.ledger.folder, helping.schema), wait_seconds=30.0)
        ready.wait()
        loads.append(accept(own, ALL).load_id)

    people = [threading.Thread(target=person) for _ in range(2)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert loads.count(None) == 1
    assert len(rows(helping.ledger, "Assistance", "id")) == len(UNITS)


PARTS = (
    Acceptance("last", household_ids=("h1",)),
    Acceptance("last", area_ids=(NEAR,)),
    Acceptance("last", programme_ids=("pr",)),
    ALL,
)


def _said(desk: Desk) -> list[list[tuple[object, ...]]]:
    named = {"Assistance": (*HELP, "run_id"), "TARGETS": ("from_id", "to_id"), "USES": ("from_id", "to_id")}
    return [rows(desk.ledger, kind, *columns) for kind, columns in named.items()]


def test_parts_accepted_one_after_the_other_are_the_whole(helping: Desk, helping_folder: Path, tmp_path: Path) -> None:
    for part in PARTS:
        accept(helping, part)
    shutil.copytree(helping_folder, tmp_path / "at once")
    at_once = replace(helping, ledger=Ledger.open(tmp_path / "at once", helping.schema))
    accept(at_once, ALL)
    assert _said(helping) == _said(at_once)


@pytest.mark.soak
@settings(max_examples=6, deadline=None)
@given(order=st.sampled_from([*permutations(PARTS)]), twice=st.booleans())
def test_in_any_order_of_parts_the_same_is_written(
    order: tuple[Acceptance, ...],
    twice: bool,
    helping_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    schema: Schema,
    policy: Policy,
) -> None:
    desks = []
    for parts in (order * 2 if twice else order, (ALL,)):
        folder = tmp_path_factory.mktemp("order") / "county"
        shutil.copytree(helping_folder, folder)
        desks.append(Desk(Ledger.open(folder, schema), schema, policy, NOW, DAY))
        for part in parts:
            accept(desks[-1], part)
    assert _said(desks[0]) == _said(desks[1])


def test_before_the_rules_hold_nothing_is_accepted(helping: Desk) -> None:
    with pytest.raises(PlumlineError, match="cannot go from none to planned"):
        accept(replace(helping, day=date(2020, 1, 1)), ALL)
