"""What is removed is gone, and only that. Alike on both engines."""

from __future__ import annotations

import pandas as pd
import pytest

from graph_store import GraphStore, Marker, StoreError
from tests.graph_store.conftest import Told

LOT_OF_H1 = {"from_kind": "Household", "from_id": "h1", "to_kind": "SupplyLot", "to_id": "l1"}
LOT_OF_C1 = {"from_kind": "Cooperative", "from_id": "c1", "to_kind": "SupplyLot", "to_id": "l2"}


@pytest.fixture(autouse=True)
def graph(store: GraphStore) -> None:
    """A household and a cooperative, each with a lot."""
    for kind, ids in {"Household": ["h1", "h2"], "Cooperative": ["c1"], "SupplyLot": ["l1", "l2"]}.items():
        store.merge_nodes(kind, pd.DataFrame({"id": ids}), Marker(kind, 1))
    store.merge_relationships("PRODUCES", pd.DataFrame([LOT_OF_H1, LOT_OF_C1]))


def test_a_removed_node_takes_its_relationships_along(store: GraphStore, told: Told) -> None:
    assert store.remove_nodes("Household", ["h1"]) == 1
    assert (told("Household"), told("PRODUCES")) == ([{"id": "h2"}], [LOT_OF_C1])


def test_the_other_end_of_a_removed_node_stays(store: GraphStore, told: Told) -> None:
    store.remove_nodes("Household", ["h1"])
    assert told("SupplyLot") == [{"id": "l1"}, {"id": "l2"}]


def test_only_nodes_that_were_there_are_counted_as_removed(store: GraphStore) -> None:
    assert store.remove_nodes("Household", ["h1", "h9", "h1"]) == 1


def test_a_node_of_another_kind_with_that_id_stays(store: GraphStore, told: Told) -> None:
    assert store.remove_nodes("Household", ["c1"]) == 0
    assert told("Cooperative") == [{"id": "c1"}]


def test_removing_no_nodes_removes_nothing(store: GraphStore) -> None:
    assert store.remove_nodes("Household", []) == 0


def test_more_nodes_than_one_statement_takes_are_all_removed(store: GraphStore, told: Told) -> None:
    ids = [f"x{number}" for number in range(5001)]
    store.merge_nodes("Household", pd.DataFrame({"id": ids}))
    assert store.remove_nodes("Household", ids) == 5001
    assert told("Household") == [{"id": "h1"}, {"id": "h2"}]


def test_nodes_that_only_the_ledger_keeps_cannot_be_removed(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.remove_nodes("IncomeComponent", ["1"])
    assert caught.value.code == "not_in_graph"


def test_a_removed_node_that_is_written_again_has_only_what_is_told_then(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h2"], "head_name": ["沈二"]}))
    store.remove_nodes("Household", ["h2"])
    store.merge_nodes("Household", pd.DataFrame({"id": ["h2"]}))
    assert told("Household") == [{"id": "h1"}, {"id": "h2"}]


def test_a_relationship_is_removed_by_its_ends_and_its_ends_stay(store: GraphStore, told: Told) -> None:
    assert store.remove_relationships("PRODUCES", pd.DataFrame([LOT_OF_H1])) == 1
    assert told("PRODUCES") == [LOT_OF_C1]
    assert (told("Household"), told("SupplyLot")) == ([{"id": "h1"}, {"id": "h2"}], [{"id": "l1"}, {"id": "l2"}])


def test_relationships_between_several_kinds_are_removed_by_one_frame(store: GraphStore, told: Told) -> None:
    assert store.remove_relationships("PRODUCES", pd.DataFrame([LOT_OF_H1, LOT_OF_C1])) == 2
    assert told("PRODUCES") == []


def test_only_relationships_that_were_there_are_counted_as_removed(store: GraphStore) -> None:
    frame = pd.DataFrame([LOT_OF_H1, LOT_OF_H1, {**LOT_OF_H1, "from_id": "h2"}, {**LOT_OF_H1, "to_id": "none"}])
    assert store.remove_relationships("PRODUCES", frame) == 1


def test_properties_in_the_frame_do_not_choose_what_is_removed(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Cause", pd.DataFrame({"id": ["H01"]}))
    finding = {"from_kind": "Household", "from_id": "h1", "to_kind": "Cause", "to_id": "H01", "severity": 0.8}
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([finding]))
    assert store.remove_relationships("AFFECTED_BY", pd.DataFrame([{**finding, "severity": 0.2}])) == 1
    assert told("AFFECTED_BY") == []


def test_a_relationship_of_another_kind_between_the_ends_stays(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Person", pd.DataFrame({"id": ["p1", "p2"]}))
    row = {"from_kind": "Person", "from_id": "p1", "to_kind": "Person", "to_id": "p2"}
    store.merge_relationships("KIN_OF", pd.DataFrame([row]))
    store.merge_relationships("CARES_FOR", pd.DataFrame([row]))
    store.remove_relationships("CARES_FOR", pd.DataFrame([row]))
    assert (told("KIN_OF"), told("CARES_FOR")) == ([row], [])


def test_removing_no_relationships_removes_nothing(store: GraphStore) -> None:
    assert store.remove_relationships("PRODUCES", pd.DataFrame(columns=list(LOT_OF_H1), dtype=object)) == 0


def test_a_frame_without_all_ends_is_refused(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.remove_relationships("PRODUCES", pd.DataFrame([LOT_OF_H1]).drop(columns="to_id"))
    assert caught.value.code == "missing_column"


def test_a_cleared_graph_holds_nothing_at_all(store: GraphStore) -> None:
    store.clear()
    assert store.ask("upkeep/counts") == []


def test_an_empty_graph_can_be_cleared(store: GraphStore) -> None:
    store.clear()
    store.clear()
    assert store.ask("upkeep/versions") == []


def test_a_cleared_graph_can_be_written_again(store: GraphStore, told: Told) -> None:
    store.clear()
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1"]}))
    store.merge_nodes("SupplyLot", pd.DataFrame({"id": ["l1"]}))
    store.merge_relationships("PRODUCES", pd.DataFrame([LOT_OF_H1]))
    assert (told("Household"), told("PRODUCES")) == ([{"id": "h1"}], [LOT_OF_H1])
