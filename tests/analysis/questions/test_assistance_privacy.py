"""What the planner's question keeps to itself without the right to see sensitive causes (F05, H01, H07)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from analysis.errors import SensitiveSubject
from analysis.links.selection import WithHelp
from analysis.questions.assistance import assistance
from analysis.questions.assistance_filters import AssistanceAsked
from graph_schema import Schema
from graph_store import GraphStore, open_store

DAY = date(2026, 5, 20)
SENSITIVE = ("F05", "H01", "H07", "B03")


@pytest.fixture
def store_with_telling_help(
    schema: Schema, fill_tiny: Callable[[GraphStore], None], tmp_path: Path
) -> Iterator[GraphStore]:
    """Yield the tiny graph with the medical aid of h4 still running, and the relief of h8 aimed at an illness."""
    store = open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)
    fill_tiny(store)
    changed = {"id": "h4-B03-2026-01-15", "assistance_status": "running", "starts_on": date(2026, 1, 15)}
    store.merge_nodes("Assistance", pd.DataFrame([{**changed, "is_made_up": True}], dtype=object))
    ends = {"from_kind": "Assistance", "from_id": "h8-B06-2026-05-10", "to_kind": "Cause", "to_id": "H01"}
    store.merge_relationships("TARGETS", pd.DataFrame([ends], dtype=object))
    yield store
    store.close()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (AssistanceAsked(cause="H07"), "sensitive_cause_asked"),
        # Medical aid is against catastrophic health cost.
        (AssistanceAsked(measure="B03"), "sensitive_measure_asked"),
        # pr4 offers medical aid, so that it helps a household would tell much.
        (AssistanceAsked(programme="pr4"), "sensitive_programme_asked"),
        (AssistanceAsked(programme="pr4", area="350624", help="without"), "sensitive_programme_asked"),
    ],
)
def test_a_filter_that_would_tell_who_has_a_sensitive_cause_is_refused(
    tiny_store: GraphStore, schema: Schema, asked: AssistanceAsked, code: str
) -> None:
    with pytest.raises(SensitiveSubject) as caught:
        assistance(tiny_store, schema, asked, day=DAY)
    assert (caught.value.code, caught.value.status) == (code, 403)


def test_who_may_see_it_is_answered(tiny_store: GraphStore, schema: Schema) -> None:
    answer = assistance(tiny_store, schema, AssistanceAsked(programme="pr4"), day=DAY, show_sensitive=True)
    # h2 and h4 have the health cost that medical aid works against; h8 has relief under the programme.
    assert [row.household_id for row in answer.households.rows] == ["h2", "h4", "h8"]
    assert [row.household_id for row in answer.households.rows if row.is_without_help] == ["h2", "h4"]


def test_a_measure_is_refused_where_help_by_it_is_aimed_at_sensitive_causes_alone(
    store_with_telling_help: GraphStore, schema: Schema
) -> None:
    # Relief may be for anything, but that of h8 is for an illness.
    with pytest.raises(SensitiveSubject):
        assistance(store_with_telling_help, schema, AssistanceAsked(measure="B06"), day=DAY)


@pytest.mark.parametrize("help_", [None, *get_args(WithHelp)])
@pytest.mark.parametrize("area", [None, "350624101", "350624105"])
def test_hiding_changes_no_count_and_no_row(
    store_with_telling_help: GraphStore, schema: Schema, area: str | None, help_: WithHelp | None
) -> None:
    asked = AssistanceAsked(area=area, help=help_)
    hidden = assistance(store_with_telling_help, schema, asked, day=DAY)
    shown = assistance(store_with_telling_help, schema, asked, day=DAY, show_sensitive=True)
    assert (hidden.counts, hidden.places, hidden.chains) == (shown.counts, shown.places, shown.chains)
    assert [(row.household_id, len(row.help), row.help_count) for row in hidden.households.rows] == [
        (row.household_id, len(row.help), row.help_count) for row in shown.households.rows
    ]
    assert shown.hidden_count == 0


def test_no_row_holds_a_sensitive_code_and_the_answer_says_that_some_are_hidden(
    store_with_telling_help: GraphStore, schema: Schema
) -> None:
    answer = assistance(store_with_telling_help, schema, AssistanceAsked(), day=DAY)
    # What a programme offers is public; what a household has is not.
    text = answer.model_dump_json(exclude={"chains": {"rows": {"__all__": {"measures"}}}})
    assert not [code for code in SENSITIVE if f'"{code}"' in text or f"-{code}-" in text]
    (helped,) = [row for row in answer.households.rows if row.household_id == "h4"]
    (given,) = helped.help
    assert (given.is_hidden, given.measure, given.programme, given.provider) == (True, None, None, None)
    # Causes: both of h2, one of h4, one of h6. Help: that of h4 and of h8, each with one cause it is aimed at.
    assert answer.hidden_count == 8
    assert "notice_hidden_causes" in [each.code for each in answer.notices]


def test_programmes_that_would_be_refused_are_not_offered(tiny_store: GraphStore, schema: Schema) -> None:
    hidden = assistance(tiny_store, schema, AssistanceAsked(), day=DAY)
    shown = assistance(tiny_store, schema, AssistanceAsked(), day=DAY, show_sensitive=True)
    # pr4 offers medical aid.
    assert [party.id for party in hidden.programmes] == ["pr1", "pr2", "pr3"]
    assert [party.id for party in shown.programmes] == ["pr1", "pr2", "pr3", "pr4"]
