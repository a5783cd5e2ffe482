"""An update of the graph that broke off half-way, and a ledger that moved on before the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from loaders.graph_update import bring_up_to_date
from loaders.project import project
from policy import load_policy
from tests.loaders.graph.written_facts import DAY, MONDAY, Facts, load
from tests.one_engine import on_one_engine

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@dataclass
class Leaving:
    """A store that goes away after its first writing call of this name, which it has done."""

    store: GraphStore
    last_call: str

    def __getattr__(self, name: str) -> object:
        return self._last(getattr(self.store, name)) if name == self.last_call else getattr(self.store, name)

    @staticmethod
    def _last(called: Callable[..., object]) -> Callable[..., object]:
        def call(*values: object, **named: object) -> None:
            called(*values, **named)
            raise ConnectionError("gone")

        return call


class Followed:
    """A ledger and the graph that follows it."""

    def __init__(self, store: GraphStore, folder: Path, schema: Schema) -> None:
        self.store = store
        self.schema = schema
        self.policy = load_policy()
        self.ledger = Ledger.open(folder, schema)

    def load(self, *households: str, day: int) -> str:
        """Load households as the facts of one load; return its id."""
        facts = Facts(self.schema, self.policy)
        for household in households:
            facts.household(household)
        return load(self.ledger, facts, MONDAY + timedelta(days=day))

    def withdraw(self, load_id: str) -> None:
        """Take a load back."""
        with self.ledger.writing() as writer:
            writer.withdraw(load_id, WEDNESDAY, "wrong village")

    def update(self) -> None:
        """Bring the graph up to date."""
        bring_up_to_date(self.store, self.ledger, self.schema, self.policy, day=DAY)

    def break_off(self, last_call: str) -> None:
        """Bring the graph up to date until it goes away."""
        leaving: GraphStore = Leaving(self.store, last_call)  # type: ignore[assignment] # it stands in for a store
        with pytest.raises(ConnectionError):
            bring_up_to_date(leaving, self.ledger, self.schema, self.policy, day=DAY)

    @property
    def households(self) -> list[str]:
        """Return the households of the graph."""
        return list(self.store.dump_nodes("Household")["id"])

    @property
    def is_equal(self) -> bool:
        """Return whether the graph has the nodes and relationships that the ledger comes to, by their number."""
        frames = project(self.ledger, self.schema, self.policy, day=DAY)
        wanted = {kind: len(rows) for kind, rows in {**frames.nodes, **frames.relationships}.items() if len(rows)}
        counts = {str(row["kind"]): row["row_count"] for row in self.store.ask("upkeep/counts")}
        return {kind: counts[kind] for kind in counts if kind != "_Meta"} == wanted


@pytest.fixture
def followed(store: GraphStore, tmp_path: Path, schema: Schema) -> Followed:
    made = Followed(store, tmp_path / "data", schema)
    made.load("h1", "h2", day=0)
    made.update()
    return made


@pytest.mark.soak
def test_a_load_taken_back_after_its_update_broke_off_leaves_nothing_in_the_graph(followed: Followed) -> None:
    wrong = followed.load("h3", day=1)
    followed.break_off("merge_nodes")
    followed.withdraw(wrong)
    followed.update()
    assert followed.households == ["h1", "h2"]
    assert followed.is_equal


@on_one_engine
def test_a_load_given_again_after_its_withdrawal_broke_off_is_in_the_graph(followed: Followed) -> None:
    load_id = followed.load("h3", day=1)
    followed.update()
    followed.withdraw(load_id)
    followed.break_off("remove_nodes")
    followed.load("h3", day=1)
    followed.update()
    assert followed.households == ["h1", "h2", "h3"]
    assert followed.is_equal


@pytest.mark.soak
@on_one_engine
def test_an_update_that_broke_off_twice_comes_to_the_same_end(followed: Followed) -> None:
    wrong = followed.load("h3", day=1)
    followed.break_off("merge_nodes")
    followed.withdraw(wrong)
    followed.load("h4", day=2)
    followed.break_off("merge_nodes")
    followed.load("h5", day=3)
    followed.update()
    assert followed.households == ["h1", "h2", "h4", "h5"]
    assert followed.is_equal
