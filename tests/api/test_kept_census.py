"""The census is taken once for each state of the graph and day."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from api.kept_census import MOST_KEPT, KeptCensus
from graph_schema import Schema
from graph_store import Marker, open_store
from graph_store.protocol import GraphStore

DAY = date(2026, 5, 20)


@pytest.fixture
def store(tiny_snapshot: Path, schema: Schema, tmp_path: Path) -> GraphStore:
    """Return the tiny graph, to be written too."""
    shutil.copy(tiny_snapshot, tmp_path / "graph.kgl")
    return open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)


def test_many_askers_get_the_same_census(store: GraphStore) -> None:
    kept = KeptCensus()
    with ThreadPoolExecutor(8) as threads:
        found = {id(census) for census in threads.map(lambda _: kept.of(store, DAY), range(16))}
    assert len(found) == 1
    store.close()


def test_what_the_graph_takes_in_is_counted_anew(store: GraphStore) -> None:
    kept = KeptCensus()
    before = kept.of(store, DAY)
    store.remove_nodes("Household", ["h8"])
    store.mark(Marker("Household", 5))
    after = kept.of(store, DAY)
    assert (len(before.household_ids), len(after.household_ids)) == (8, 7)
    store.close()


def test_each_day_has_its_own_and_few_are_kept(store: GraphStore) -> None:
    kept = KeptCensus()
    first = kept.of(store, DAY)
    for days in range(1, MOST_KEPT + 1):
        assert kept.of(store, DAY + timedelta(days=days)) is not first
    assert kept.of(store, DAY) is not first
    store.close()
