"""Relationships are written by their ends, at most one of a kind between two nodes. Alike on both engines."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from graph_store import GraphStore, Marker, StoreError
from tests.graph_store.conftest import Told

H1_H01 = {"from_kind": "Household", "from_id": "h1", "to_kind": "Cause", "to_id": "H01"}
H2_H01 = {**H1_H01, "from_id": "h2"}


@pytest.fixture(autouse=True)
def nodes(store: GraphStore) -> None:
    """Two households, two causes, two persons, and who may sell."""
    for kind, ids in {
        "Household": ["h1", "h2"],
        "Cause": ["H01", "H02"],
        "Person": ["p1", "p2"],
        "Cooperative": ["c1"],
        "SupplyLot": ["l1", "l2"],
    }.items():
        store.merge_nodes(kind, pd.DataFrame({"id": ids}))


def test_a_relationship_holds_every_property_that_is_told(store: GraphStore, told: Told) -> None:
    row = {**H1_H01, "severity": 0.8, "confidence": 1, "status": "confirmed", "onset_on": date(2024, 12, 20)}
    assert store.merge_relationships("AFFECTED_BY", pd.DataFrame([row])) == 1
    assert told("AFFECTED_BY") == [{**row, "confidence": 1.0, "onset_on": pd.Timestamp(2024, 12, 20)}]


def test_a_relationship_is_known_by_its_ends(store: GraphStore, told: Told) -> None:
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.8}]))
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.4}]))
    assert told("AFFECTED_BY") == [{**H1_H01, "severity": 0.4}]


def test_relationships_between_other_ends_stay_as_they_are(store: GraphStore, told: Told) -> None:
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.8}]))
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H2_H01, "severity": 0.4}]))
    assert told("AFFECTED_BY") == [{**H1_H01, "severity": 0.8}, {**H2_H01, "severity": 0.4}]


def test_an_ended_relationship_stays_with_its_last_day(store: GraphStore, told: Told) -> None:
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.8}]))
    ended = {**H1_H01, "severity": 0.8, "ended_on": date(2025, 11, 30)}
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([ended]))
    assert told("AFFECTED_BY") == [{**ended, "ended_on": pd.Timestamp(2025, 11, 30)}]


def test_an_ended_relationship_can_be_opened_again(store: GraphStore, told: Told) -> None:
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "ended_on": date(2025, 11, 30)}]))
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "ended_on": None}]))
    assert told("AFFECTED_BY") == [H1_H01]


def test_a_property_without_a_column_is_cleared(store: GraphStore, told: Told) -> None:
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.8, "status": "confirmed"}]))
    store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "severity": 0.8}]))
    assert told("AFFECTED_BY") == [{**H1_H01, "severity": 0.8}]


@pytest.mark.parametrize("amplified_by", ['[{"cause": "F05", "factor": 1.5}]', "[]"])
def test_text_that_holds_json_stays_text(store: GraphStore, told: Told, amplified_by: str) -> None:
    row = {"from_kind": "Cause", "from_id": "H01", "to_kind": "Cause", "to_id": "H02", "amplified_by": amplified_by}
    store.merge_relationships("LEADS_TO", pd.DataFrame([row]))
    assert told("LEADS_TO") == [row]


def test_of_two_rows_between_the_same_ends_the_last_counts(store: GraphStore, told: Told) -> None:
    frame = pd.DataFrame([{**H1_H01, "severity": 0.8, "status": "confirmed"}, H2_H01, {**H1_H01, "severity": 0.4}])
    assert store.merge_relationships("AFFECTED_BY", frame) == 2
    assert told("AFFECTED_BY") == [{**H1_H01, "severity": 0.4}, H2_H01]


def test_writing_the_same_relationships_twice_changes_nothing(store: GraphStore) -> None:
    frame = pd.DataFrame([{**H1_H01, "severity": 0.8}, {**H2_H01, "ended_on": date(2025, 1, 1)}])
    store.merge_relationships("AFFECTED_BY", frame)
    once = store.dump_relationships("AFFECTED_BY")
    assert store.merge_relationships("AFFECTED_BY", frame) == 2
    pd.testing.assert_frame_equal(store.dump_relationships("AFFECTED_BY"), once)


def test_the_way_back_is_another_relationship(store: GraphStore, told: Told) -> None:
    there = {"from_kind": "Person", "from_id": "p1", "to_kind": "Person", "to_id": "p2", "kin_role": "child"}
    back = {**there, "from_id": "p2", "to_id": "p1", "kin_role": "parent"}
    store.merge_relationships("KIN_OF", pd.DataFrame([there, back]))
    assert told("KIN_OF") == [there, back]


def test_a_kind_without_properties_is_written(store: GraphStore, told: Told) -> None:
    row = {"from_kind": "Household", "from_id": "h1", "to_kind": "SupplyLot", "to_id": "l1"}
    store.merge_relationships("PRODUCES", pd.DataFrame([row, row]))
    assert told("PRODUCES") == [row]


def test_one_frame_may_start_at_several_kinds(store: GraphStore, told: Told) -> None:
    of_household = {"from_kind": "Household", "from_id": "h1", "to_kind": "SupplyLot", "to_id": "l1"}
    of_cooperative = {"from_kind": "Cooperative", "from_id": "c1", "to_kind": "SupplyLot", "to_id": "l2"}
    frame = pd.DataFrame([of_household, of_cooperative, {**of_household, "to_id": "l2"}])
    assert store.merge_relationships("PRODUCES", frame) == 3
    assert told("PRODUCES") == [of_cooperative, of_household, {**of_household, "to_id": "l2"}]


def test_one_frame_may_end_at_several_kinds(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Contract", pd.DataFrame({"id": ["k1"]}))
    with_cooperative = {"from_kind": "Contract", "from_id": "k1", "to_kind": "Cooperative", "to_id": "c1"}
    with_household = {"from_kind": "Contract", "from_id": "k1", "to_kind": "Household", "to_id": "h1"}
    assert store.merge_relationships("BINDS", pd.DataFrame([with_household, with_cooperative])) == 2
    assert told("BINDS") == [with_cooperative, with_household]


def test_an_empty_frame_writes_no_relationship(store: GraphStore, told: Told) -> None:
    assert store.merge_relationships("AFFECTED_BY", pd.DataFrame(columns=list(H1_H01), dtype=object)) == 0
    assert told("AFFECTED_BY") == []


@pytest.mark.parametrize("strange", [{**H1_H01, "from_id": "h9"}, {**H1_H01, "to_id": "H99"}])
def test_a_missing_end_undoes_the_whole_small_frame(store: GraphStore, told: Told, strange: dict[str, str]) -> None:
    with pytest.raises(StoreError, match="1 relationships AFFECTED_BY from Household to Cause") as caught:
        store.merge_relationships("AFFECTED_BY", pd.DataFrame([H1_H01, strange, H2_H01]), Marker("CauseFinding", 1))
    assert caught.value.code == "missing_end"
    assert (told("AFFECTED_BY"), store.ask("upkeep/versions")) == ([], [])


def test_a_missing_end_makes_no_node(store: GraphStore, told: Told) -> None:
    with pytest.raises(StoreError):
        store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "to_id": "H99"}]))
    assert told("Cause") == [{"id": "H01"}, {"id": "H02"}]


def test_an_end_of_another_kind_with_that_id_is_missing(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.merge_relationships("AFFECTED_BY", pd.DataFrame([{**H1_H01, "from_id": "H01"}]))
    assert caught.value.code == "missing_end"


def test_a_missing_end_in_a_later_batch_keeps_the_marker_where_it_was(store: GraphStore) -> None:
    # A statement takes 5,000 rows. The embedded engine undoes the whole frame; a server has kept the first batch, which
    # does no harm: the marker has not moved, so the frame is written again.
    store.merge_nodes("Household", pd.DataFrame({"id": [f"x{number:04}" for number in range(5000)]}))
    rows = [{**H1_H01, "from_id": f"x{number:04}"} for number in range(5000)]
    with pytest.raises(StoreError):
        store.merge_relationships(
            "AFFECTED_BY", pd.DataFrame([*rows, {**H1_H01, "to_id": "H99"}]), Marker("CauseFinding", 2)
        )
    assert len(store.dump_relationships("AFFECTED_BY")) == {"embedded": 0, "neo4j": 5000}[store.engine]
    assert store.ask("upkeep/versions") == []


@pytest.mark.parametrize(
    "ends",
    [
        {"from_kind": "Cause", "from_id": "H01", "to_kind": "Household", "to_id": "h1"},
        {**H1_H01, "from_kind": "Castle"},
        {**H1_H01, "to_kind": "Household"},
    ],
)
def test_an_end_of_a_kind_that_does_not_fit_is_refused(store: GraphStore, told: Told, ends: dict[str, str]) -> None:
    with pytest.raises(StoreError) as caught:
        store.merge_relationships("AFFECTED_BY", pd.DataFrame([H1_H01, ends]))
    assert (caught.value.code, told("AFFECTED_BY")) == ("wrong_end_kind", [])


def test_a_relationship_kind_that_only_the_ledger_keeps_is_refused(store: GraphStore) -> None:
    row = {"from_kind": "Residence", "from_id": "r1", "to_kind": "Area", "to_id": "350624"}
    with pytest.raises(StoreError) as caught:
        store.merge_relationships("RESIDES_IN", pd.DataFrame([row]))
    assert caught.value.code == "not_in_graph"
