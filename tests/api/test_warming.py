"""A new graph is warmed: the first question finds the census and the counts of the places ready."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from analysis.links.census import Census
from api.kept_census import KeptCensus
from graph_store import GraphStore
from loaders.workspace import Workspace
from tests.api.small_ledger import DAY, load

WAIT_SECONDS = 30.0


def test_the_census_of_a_graph_is_taken_before_anybody_asks_and_again_after_a_load(
    client_of: Callable[..., TestClient], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[date] = []
    original = KeptCensus.of

    def counted(self: KeptCensus, store: GraphStore, day: date) -> Census:
        taken.append(day)
        return original(self, store, day)

    monkeypatch.setattr(KeptCensus, "of", counted)
    client_of(workspace)
    wait_for(lambda: len(taken) == 1)
    load(workspace, "later")
    wait_for(lambda: len(taken) == 2)
    assert taken == [DAY, DAY]


def wait_for(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not is_so() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    assert is_so()
