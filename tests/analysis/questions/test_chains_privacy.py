"""What the first question keeps to itself without the right to see sensitive causes (F05, H01, H07)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import SensitiveSubject
from analysis.questions.chains import chains
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore, open_store

DAY = date(2026, 5, 20)
COUNTY = Subject("Area", "350624")
SENSITIVE = ("F05", "H01", "H07", "B03")


def test_a_sensitive_cause_is_not_asked_about_without_the_right_to(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(SensitiveSubject) as caught:
        chains(tiny_store, schema, Subject("Cause", "H07"), day=DAY)
    assert caught.value.status == 403
    answer = chains(tiny_store, schema, Subject("Cause", "H07"), day=DAY, show_sensitive=True)
    assert [row.household_id for row in answer.households.rows] == ["h2", "h4"]


def test_past_help_is_told_to_the_household_and_a_telling_one_without_its_words(
    tiny_store: GraphStore, schema: Schema
) -> None:
    subject = Subject("Household", "h4")
    (hidden,) = chains(tiny_store, schema, subject, day=DAY).help.rows
    assert (hidden.is_hidden, hidden.assistance_id, hidden.measure, hidden.programme) == (True, None, None, None)
    (shown,) = chains(tiny_store, schema, subject, day=DAY, show_sensitive=True).help.rows
    assert (shown.is_hidden, shown.assistance_id, shown.status) == (False, "h4-B03-2026-01-15", "done")


@pytest.fixture
def store_with_medical_aid(
    schema: Schema, fill_tiny: Callable[[GraphStore], None], tmp_path: Path
) -> Iterator[GraphStore]:
    """Yield the tiny graph with the medical aid of h4 still running."""
    store = open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)
    fill_tiny(store)
    changed = {"id": "h4-B03-2026-01-15", "assistance_status": "running", "starts_on": date(2026, 1, 15)}
    store.merge_nodes("Assistance", pd.DataFrame([{**changed, "is_made_up": True}], dtype=object))
    yield store
    store.close()


def test_a_programme_does_not_list_those_whose_help_under_it_tells_a_sensitive_cause(
    store_with_medical_aid: GraphStore, schema: Schema
) -> None:
    subject = Subject("Programme", "pr4")
    hidden = chains(store_with_medical_aid, schema, subject, day=DAY)
    assert [row.household_id for row in hidden.households.rows] == ["h8"]
    (told,) = [note for note in hidden.notices if note.code == "notice_hidden_households"]
    assert told.text_en.startswith("1 more")
    shown = chains(store_with_medical_aid, schema, subject, day=DAY, show_sensitive=True)
    assert [row.household_id for row in shown.households.rows] == ["h4", "h8"]


def test_running_help_that_tells_a_sensitive_cause_is_a_row_without_words(
    store_with_medical_aid: GraphStore, schema: Schema
) -> None:
    answer = chains(store_with_medical_aid, schema, Subject("Area", "350624101201-01"), day=DAY)
    (row,) = answer.help.rows
    assert (row.household_id, row.is_hidden, row.assistance_id, row.hidden_cause_count) == ("h4", True, None, 1)
    assert answer.without_help.total == 0
    # One cause held, one help, one cause it is aimed at.
    assert answer.hidden_count == 3


@pytest.mark.parametrize(
    "subject",
    [COUNTY, Subject("Household", "h4"), Subject("Household", "h2"), Subject("Cooperative", "c1")],
)
def test_without_the_right_no_list_of_households_holds_a_sensitive_code(
    tiny_store: GraphStore, schema: Schema, subject: Subject
) -> None:
    answer = chains(tiny_store, schema, subject, day=DAY)
    # What a programme offers is public; what a household has is not.
    text = answer.model_dump_json(exclude={"chains": {"rows": {"__all__": {"measures"}}}})
    assert not [code for code in SENSITIVE if f'"{code}"' in text or f"-{code}-" in text]
    assert answer.hidden_count > 0
    assert "notice_hidden_causes" in [notice.code for notice in answer.notices]


def test_hiding_leaves_every_list_as_long_as_it_is(tiny_store: GraphStore, schema: Schema) -> None:
    hidden = chains(tiny_store, schema, COUNTY, day=DAY)
    shown = chains(tiny_store, schema, COUNTY, day=DAY, show_sensitive=True)
    assert shown.hidden_count == 0
    for name in ("chains", "households", "help", "helped_twice", "without_help", "aimless_help", "one_buyer"):
        assert getattr(hidden, name).total == getattr(shown, name).total
        assert len(getattr(hidden, name).rows) == len(getattr(shown, name).rows)
