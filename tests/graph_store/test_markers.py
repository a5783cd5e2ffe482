"""The graph knows which version of each ledger table it has taken in. Alike on both engines."""

from __future__ import annotations

import pandas as pd
import pytest

from graph_store import GraphStore, Marker, StoreError


def test_a_new_graph_has_taken_in_nothing(store: GraphStore) -> None:
    assert store.ask("upkeep/versions") == []


def test_each_table_has_a_marker_of_its_own(store: GraphStore) -> None:
    store.mark(Marker("Household", 0))
    store.mark(Marker("Area", 12))
    assert store.ask("upkeep/versions") == [
        {"table_name": "Area", "version": 12},
        {"table_name": "Household", "version": 0},
    ]


@pytest.mark.parametrize("version", [5, 3])
def test_a_marker_moves_to_the_version_it_is_given(store: GraphStore, version: int) -> None:
    # Back too: a rebuild as of an earlier day takes in less.
    store.mark(Marker("Household", 4))
    store.mark(Marker("Household", version))
    assert store.ask("upkeep/versions") == [{"table_name": "Household", "version": version}]


def test_a_marker_comes_with_the_nodes_it_stands_for(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1"]}), Marker("Household", 4))
    assert store.ask("upkeep/counts") == [{"kind": "Household", "row_count": 1}, {"kind": "_Meta", "row_count": 1}]
    assert store.ask("upkeep/versions") == [{"table_name": "Household", "version": 4}]


def test_a_marker_comes_with_the_relationships_it_stands_for(store: GraphStore) -> None:
    store.merge_nodes("Area", pd.DataFrame({"id": ["3506", "350624"]}))
    row = {"from_kind": "Area", "from_id": "350624", "to_kind": "Area", "to_id": "3506"}
    store.merge_relationships("PART_OF", pd.DataFrame([row]), Marker("Area", 4))
    assert store.ask("upkeep/versions") == [{"table_name": "Area", "version": 4}]


def test_an_empty_frame_of_nodes_moves_the_marker(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": []}, dtype=object), Marker("Household", 4))
    assert store.ask("upkeep/versions") == [{"table_name": "Household", "version": 4}]


def test_an_empty_frame_of_relationships_moves_the_marker(store: GraphStore) -> None:
    columns = ["from_kind", "from_id", "to_kind", "to_id"]
    store.merge_relationships("PART_OF", pd.DataFrame(columns=columns, dtype=object), Marker("Area", 4))
    assert store.ask("upkeep/versions") == [{"table_name": "Area", "version": 4}]


def test_rows_without_a_marker_leave_it_where_it_was(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1"]}), Marker("Household", 4))
    store.merge_nodes("Household", pd.DataFrame({"id": ["h2"]}))
    assert store.ask("upkeep/versions") == [{"table_name": "Household", "version": 4}]


def test_refused_rows_leave_the_marker_where_it_was(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1"]}), Marker("Household", 4))
    with pytest.raises(StoreError):
        store.merge_nodes("Household", pd.DataFrame({"id": ["h2"], "castle": ["1"]}), Marker("Household", 5))
    assert store.ask("upkeep/versions") == [{"table_name": "Household", "version": 4}]


def test_a_cleared_graph_has_taken_in_nothing(store: GraphStore) -> None:
    store.mark(Marker("Household", 4))
    store.clear()
    assert store.ask("upkeep/versions") == []
