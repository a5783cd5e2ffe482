"""What would have happened after the file became known is rejected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema import Schema, load_schema
from loaders.checks.facts import check_facts
from loaders.checks.times import HAPPENED_AT, HAPPENED_ON
from loaders.checks.verdict import judge
from loaders.files.csv_text import parse_csv
from loaders.files.feed_file import FeedFile
from loaders.identity import Identity
from loaders.load_plan import plan_of, read_planned
from loaders.reject import RejectSource

# In Kiritimati, where days begin first, it is 06:00 on 1 March.
RECORDED_AT = datetime(2026, 2, 28, 16, tzinfo=UTC)
Told = Callable[[str, str], list[tuple[int, str, str]]]


@pytest.fixture
def told(schema: Schema, identity: Identity) -> Told:
    """Return the rejects of one file, taken in at RECORDED_AT, as line, column and code."""

    def found(name: str, text: str) -> list[tuple[int, str, str]]:
        feed, kind = name.split(".")[:2]
        plan = plan_of(FeedFile(Path(name), feed, kind), schema=schema, mapping=None)
        read = read_planned(plan, parse_csv(text.encode(), file=name), schema=schema)
        lines = read.raw.lines
        checked = [check_facts(facts, schema=schema, identity=identity, feed=feed, lines=lines) for facts in read.facts]
        known = pa.array([identity.pseudonym("Household", "100")])
        verdict = judge(checked, lines=lines, known=lambda kind: known, schema=schema, recorded_at=RECORDED_AT)
        rejects = RejectSource(name, read.raw, checked, verdict).rejects()
        return [(reject.line, reject.column, reject.code) for reject in rejects]

    return found


def test_today_is_the_latest_day_anywhere(told: Told) -> None:
    text = "id,died_on\n900,2026-02-28\n901,2026-03-01\n902,2026-03-02\n"
    assert told("civil.Person.csv", text) == [(4, "died_on", "in_the_future")]


def test_nobody_is_born_next_year(told: Told) -> None:
    assert told("police.Person.csv", "id,birth_year\n900,2026\n901,2027\n") == [(3, "birth_year", "in_the_future")]


def test_a_moment_ahead_is_rejected(told: Told) -> None:
    rows = "100,hotline,open,r,2026-03-01T14:00:00+08:00\n100,hotline,open,s,2026-03-01T15:00:00+08:00\n"
    header = "household_id,clue_route,clue_status,rule_id,raised_at\n"
    assert told("hotline.Clue.csv", header + rows) == [(3, "raised_at", "in_the_future")]


def test_what_is_planned_may_lie_ahead(told: Told) -> None:
    text = "household_id,visit_reason,visit_status,planned_on\n100,monthly,planned,2026-12-01\n"
    assert told("visit.Visit.csv", text) == []


def test_a_visit_made_ahead_is_rejected(told: Told) -> None:
    text = "household_id,visit_reason,visit_status,planned_on,visited_on\n100,monthly,done,2026-01-01,2027-01-01\n"
    assert told("visit.Visit.csv", text) == [(2, "visited_on", "in_the_future")]


def test_every_name_of_something_past_is_a_property() -> None:
    assert {*HAPPENED_ON, *HAPPENED_AT} <= set(load_schema().properties)
