"""What a store holds can be read back whole, in one form and order, so that two stores can be compared."""

from __future__ import annotations

import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, StoreError
from graph_store.ddl import node_kinds_of_graph, relationship_kinds_of_graph
from graph_store.frames import END_COLUMNS, node_frame, relationships_between
from tests.conftest import TinyGraph


def test_nodes_are_sorted_by_id(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h10", "h2", "沈", "H3", "h1"]}))
    # By code point: capitals before small letters, and those before Chinese.
    assert store.dump_nodes("Household")["id"].tolist() == ["H3", "h1", "h10", "h2", "沈"]


def test_relationships_are_sorted_by_their_ends(store: GraphStore) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1", "h2"]}))
    store.merge_nodes("Cooperative", pd.DataFrame({"id": ["z"]}))
    store.merge_nodes("SupplyLot", pd.DataFrame({"id": ["a", "b"]}))
    rows = [("Household", "h2", "a"), ("Household", "h1", "b"), ("Cooperative", "z", "b"), ("Household", "h1", "a")]
    frame = pd.DataFrame(rows, columns=["from_kind", "from_id", "to_id"]).assign(to_kind="SupplyLot")
    store.merge_relationships("PRODUCES", frame)
    dumped = store.dump_relationships("PRODUCES")[["from_kind", "from_id", "to_id"]]
    assert [tuple(row) for row in dumped.to_numpy()] == [rows[2], rows[3], rows[1], rows[0]]


def test_a_column_has_the_type_of_its_property_even_where_nothing_is_known(store: GraphStore) -> None:
    store.merge_nodes("Programme", pd.DataFrame({"id": ["p1"]}))
    assert {name: str(dtype) for name, dtype in store.dump_nodes("Programme").dtypes.items()} == {
        "id": "str",
        "name": "str",
        "budget_fen": "Int64",
        "household_limit_fen": "Int64",
        "eligible_codes": "object",
        "prerequisite": "str",
        "starts_on": "datetime64[s]",
        "ends_on": "datetime64[s]",
        "end_rule": "str",
        "is_made_up": "boolean",
    }


def test_a_kind_without_nodes_has_the_same_columns(store: GraphStore) -> None:
    nothing = store.dump_nodes("Clue")
    store.merge_nodes("Clue", pd.DataFrame({"id": ["c1"]}))
    assert len(nothing) == 0
    pd.testing.assert_series_equal(nothing.dtypes, store.dump_nodes("Clue").dtypes)


def test_relationships_have_their_ends_and_then_their_properties(store: GraphStore) -> None:
    assert {name: str(dtype) for name, dtype in store.dump_relationships("AFFECTED_BY").dtypes.items()} == {
        "from_kind": "str",
        "from_id": "str",
        "to_kind": "str",
        "to_id": "str",
        "severity": "float64",
        "confidence": "float64",
        "status": "str",
        "onset_on": "datetime64[s]",
        "ended_on": "datetime64[s]",
    }


def test_a_kind_that_only_the_ledger_keeps_cannot_be_dumped(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.dump_nodes("IncomeComponent")
    assert caught.value.code == "not_in_graph"


def test_every_node_of_the_tiny_graph_comes_back_from_each_engine(
    tiny_store: GraphStore, schema: Schema, tiny: TinyGraph
) -> None:
    for kind in node_kinds_of_graph(schema):
        written = node_frame(schema, kind, tiny.nodes.get(kind, pd.DataFrame({"id": []}, dtype=object)))
        expected = written.sort_values("id").reset_index(drop=True)
        pd.testing.assert_frame_equal(tiny_store.dump_nodes(kind), expected, obj=kind)


def test_every_relationship_of_the_tiny_graph_comes_back_from_each_engine(
    tiny_store: GraphStore, schema: Schema, tiny: TinyGraph
) -> None:
    ends = list(END_COLUMNS)
    for kind in relationship_kinds_of_graph(schema):
        dumped = tiny_store.dump_relationships(kind)
        given = tiny.relationships.get(kind, pd.DataFrame(columns=ends))
        parts = [
            frame.assign(from_kind=between.from_kind, to_kind=between.to_kind)
            for between, frame in relationships_between(schema, kind, given)
        ]
        expected = pd.concat(parts)[dumped.columns].sort_values(ends) if parts else dumped.head(0)
        pd.testing.assert_frame_equal(dumped, expected.reset_index(drop=True).astype(dumped.dtypes), obj=kind)
