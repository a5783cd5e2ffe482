"""The graph of a store follows the ledger, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, Marker
from ledger import Ledger
from loaders import graph_plan
from loaders.graph_frames import GraphFrames
from loaders.graph_plan import UNFINISHED
from loaders.graph_update import GraphState, UpdateReport, bring_up_to_date, markers, rebuild
from loaders.project import project
from policy import Policy, load_policy
from tests.loaders.graph.written_facts import DAY, MONDAY, Facts, load, plain
from tests.one_engine import on_one_engine

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
MAY, JUNE = date(2025, 5, 10), date(2025, 6, 10)


@dataclass(frozen=True)
class Pair:
    """A ledger and the store that follows it."""

    store: GraphStore
    ledger: Ledger
    schema: Schema
    policy: Policy

    def facts(self) -> Facts:
        return Facts(self.schema, self.policy)

    def update(self, day: date = DAY) -> UpdateReport:
        return bring_up_to_date(self.store, self.ledger, self.schema, self.policy, day=day)

    def differences(self, day: date = DAY) -> list[str]:
        """Return the kinds on which the store differs from what the ledger comes to."""
        return unequal(self.store, project(self.ledger, self.schema, self.policy, day=day))

    def value(self, household_id: str, name: str) -> object:
        rows = self.store.dump_nodes("Household").set_index("id")
        return plain(rows.at[household_id, name])


def unequal(store: GraphStore, frames: GraphFrames) -> list[str]:
    counts = {row["kind"]: row["row_count"] for row in store.ask("upkeep/counts")}
    wanted = {**frames.nodes, **frames.relationships}
    # Reading 25 kinds of which both have none would take most of the time.
    filled = {kind: rows for kind, rows in wanted.items() if counts.get(kind, 0) or len(rows)}
    dumps = {
        kind: store.dump_nodes(kind) if kind in frames.nodes else store.dump_relationships(kind) for kind in filled
    }
    return [kind for kind, rows in filled.items() if not same(rows, dumps[kind])]


def same(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    lists = [name for name in left.columns if left[name].dtype == object]
    both = [frame.assign(**{name: frame[name].map(str) for name in lists}) for frame in (left, right)]
    return both[0].equals(both[1][list(left.columns)])


@pytest.fixture
def pair(store: GraphStore, tmp_path: Path, schema: Schema, policy: Policy) -> Pair:
    """Two households, one of them ill, taken in on Monday."""
    made = Pair(store, Ledger.open(tmp_path / "data", schema), schema, policy)
    facts = made.facts().household("h1", arable_mu=3.5).household("h2").observe("I14a", 1, MAY)
    load(made.ledger, facts, MONDAY)
    made.update()
    return made


@on_one_engine
def test_the_first_time_the_graph_is_made_anew(pair: Pair) -> None:
    pair.store.clear()
    report = pair.update()
    assert (report.mode, report.nodes["Household"], report.relationships["AFFECTED_BY"]) == ("rebuilt", 2, 1)


def test_the_store_holds_what_the_projection_says(pair: Pair) -> None:
    assert pair.differences() == []


@on_one_engine
def test_nothing_new_changes_nothing(pair: Pair) -> None:
    report = pair.update()
    assert (report.mode, report.nodes, report.relationships, report.removed) == ("unchanged", {}, {}, {})


@on_one_engine
def test_a_new_load_writes_only_what_it_changes(pair: Pair) -> None:
    load(pair.ledger, pair.facts().household("h3"), TUESDAY)
    report = pair.update()
    assert (report.mode, report.nodes, report.relationships) == ("updated", {"Household": 1}, {"LIVES_IN": 1})
    assert pair.differences() == []


@on_one_engine
def test_the_graph_tells_the_version_it_took_in_and_its_day(pair: Pair) -> None:
    load(pair.ledger, pair.facts().household("h3"), TUESDAY)
    pair.update()
    assert markers(pair.store) == GraphState(loads=pair.ledger.version, day=DAY)


@on_one_engine
def test_an_empty_graph_has_taken_in_nothing(pair: Pair) -> None:
    pair.store.clear()
    assert markers(pair.store) == GraphState(loads=-1, day=None)


@on_one_engine
def test_a_graph_broken_off_in_writing_has_taken_in_nothing(pair: Pair) -> None:
    pair.store.mark(Marker("loads", UNFINISHED))
    assert markers(pair.store) == GraphState(loads=-1, day=DAY)


@on_one_engine
def test_a_report_becomes_a_dictionary_for_json(pair: Pair) -> None:
    report = pair.update().to_dict()
    assert (report["mode"], report["loads_version"], report["nodes"]) == ("unchanged", pair.ledger.version, {})


def test_a_fact_that_no_longer_gives_a_value_clears_it(pair: Pair) -> None:
    before = pair.value("h1", "arable_mu")
    load(pair.ledger, pair.facts().add("Household", id="h1", household_status="active"), TUESDAY)
    pair.update()
    assert (before, pair.value("h1", "arable_mu")) == (3.5, None)
    assert pair.differences() == []


def test_a_withdrawn_load_takes_back_its_values_and_its_nodes(pair: Pair) -> None:
    load_id = load(pair.ledger, pair.facts().add("Household", id="h1", arable_mu=9.0).household("h3"), TUESDAY)
    pair.update()
    between = pair.value("h1", "arable_mu")
    with pair.ledger.writing() as writer:
        writer.withdraw(load_id, WEDNESDAY, "wrong village")
    report = pair.update()
    assert (report.mode, report.removed["Household"]) == ("updated", 1)
    assert (between, pair.value("h1", "arable_mu")) == (9.0, 3.5)
    assert pair.differences() == []


def test_a_finding_that_ends_is_closed_and_one_found_again_is_opened(pair: Pair) -> None:
    load(pair.ledger, pair.facts().observe("I14a", 0, JUNE), TUESDAY)
    pair.update()
    closed = plain(pair.store.dump_relationships("AFFECTED_BY")["ended_on"].iloc[0])
    load(pair.ledger, pair.facts().observe("I14a", 1, date(2025, 6, 20)), WEDNESDAY)
    pair.update()
    opened = plain(pair.store.dump_relationships("AFFECTED_BY")["ended_on"].iloc[0])
    assert (closed, opened) == (JUNE, None)
    assert pair.differences() == []


@on_one_engine
def test_another_day_shows_what_holds_on_it(pair: Pair) -> None:
    stay = {"household_id": "h2", "area_id": "350624101202", "starts_on": date(2025, 7, 10)}
    load(pair.ledger, pair.facts().add("Residence", id="r9", **stay), TUESDAY)
    pair.update()
    later = date(2025, 7, 31)
    report = pair.update(later)
    assert (report.mode, report.relationships) == ("updated", {"LIVES_IN": 2})
    assert pair.differences(later) == []


@on_one_engine
def test_another_policy_makes_the_graph_anew(pair: Pair, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    text = "I14a.H01: [{value: 2, reference: county order, valid_from: 2025-01-01}]\n"
    (overlay / "own.yaml").write_text(text, encoding="utf-8")
    changed = replace(pair, policy=load_policy(overlay))
    assert (changed.update().mode, len(pair.store.dump_relationships("AFFECTED_BY"))) == ("rebuilt", 0)


def test_many_removals_make_an_embedded_graph_anew(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    load_id = load(pair.ledger, pair.facts().household("h3"), TUESDAY)
    pair.update()
    with pair.ledger.writing() as writer:
        writer.withdraw(load_id, WEDNESDAY, "wrong village")
    monkeypatch.setattr(graph_plan, "REMOVALS_WORTH_A_REBUILD", 1)
    expected = {"embedded": "rebuilt", "neo4j": "updated"}[pair.store.engine]
    assert pair.update().mode == expected
    assert pair.differences() == []


def test_as_of_an_instant_the_graph_shows_what_was_known(pair: Pair) -> None:
    load(pair.ledger, pair.facts().add("Household", id="h1", arable_mu=9.0).household("h3"), WEDNESDAY)
    rebuild(pair.store, pair.ledger, pair.schema, pair.policy, day=DAY, as_of=TUESDAY)
    assert (pair.value("h1", "arable_mu"), len(pair.store.dump_nodes("Household"))) == (3.5, 2)


@on_one_engine
def test_a_graph_of_the_past_is_made_anew_to_bring_it_up_to_date(pair: Pair) -> None:
    rebuild(pair.store, pair.ledger, pair.schema, pair.policy, day=DAY, as_of=TUESDAY)
    assert pair.update().mode == "rebuilt"


# Broken off in the middle, and run again.


@dataclass
class Breaking:
    """Lets a store through until its writing call of this number, and fails there."""

    store: GraphStore
    calls_left: int

    def __getattr__(self, name: str) -> object:
        called = getattr(self.store, name)
        writing = name.startswith(("merge", "remove", "mark", "clear"))
        return self.counted(called) if writing else called

    def counted(self, called: Callable[..., object]) -> Callable[..., object]:
        def call(*values: object, **named: object) -> object:
            if self.calls_left == 0:
                raise ConnectionError("gone")
            self.calls_left -= 1
            return called(*values, **named)

        return call


@on_one_engine
@pytest.mark.parametrize("calls", [*(pytest.param(count, marks=pytest.mark.soak) for count in (0, 1, 3)), 5])
def test_broken_off_and_run_again_the_graph_ends_the_same(pair: Pair, calls: int) -> None:
    facts = pair.facts().household("h3").observe("I14a", 0, JUNE).add("Household", id="h1", arable_mu=1.0)
    load(pair.ledger, facts.observe("I14b", 1, JUNE, household_id="h3"), TUESDAY)
    breaking: GraphStore = Breaking(pair.store, calls)  # type: ignore[assignment]  # it stands in for a store
    later = date(2025, 7, 1)
    with pytest.raises(ConnectionError):
        bring_up_to_date(breaking, pair.ledger, pair.schema, pair.policy, day=later)
    pair.update(later)
    assert pair.differences(later) == []


@on_one_engine
def test_a_ledger_that_is_behind_the_graph_makes_it_anew(pair: Pair) -> None:
    pair.store.mark(Marker("loads", 99))
    assert pair.update().mode == "rebuilt"
