"""From 20,000 rows on the embedded engine takes another way in; it must lead to the same graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, Marker, StoreError, open_store
from graph_store.bulk import BULK_ROWS
from graph_store.writes import BATCH_ROWS

IDS = [f"{number:06}" for number in range(BULK_ROWS)]


@pytest.fixture
def bulk(schema: Schema, tmp_path: Path) -> Iterator[GraphStore]:
    """Yield an embedded graph that is given whole frames."""
    store = open_store(f"embedded:{tmp_path / 'bulk.kgl'}", schema)
    yield store
    store.close()


@pytest.fixture
def small(schema: Schema, tmp_path: Path) -> Iterator[GraphStore]:
    """Yield an embedded graph that is given the same frames in small parts."""
    store = open_store(f"embedded:{tmp_path / 'small.kgl'}", schema)
    yield store
    store.close()


@pytest.fixture
def nodes() -> dict[str, pd.DataFrame]:
    """Every type of value, each also null, texts that look like other types, and some ids twice."""
    lots = pd.DataFrame(
        {
            "id": [*IDS, *IDS[:3]],
            "lot_status": pd.Series(["open", None, "2024-01-31", "007", ""] * 4001, dtype=object)[: BULK_ROWS + 3],
            "lot_quantity_kg": pd.Series([0.1, None, 2.0] * 6668, dtype=object)[: BULK_ROWS + 3],
            "ask_fen_per_kg": pd.Series([2**53 + 1, None, 0] * 6668, dtype=object)[: BULK_ROWS + 3],
            "certificate_codes": pd.Series([["b", "a"], [], None] * 6668, dtype=object)[: BULK_ROWS + 3],
            "ready_on": pd.Series([date(1600, 2, 29), None, date(2024, 1, 31)] * 6668, dtype=object)[: BULK_ROWS + 3],
            "is_made_up": pd.Series([True, False, None] * 6668, dtype=object)[: BULK_ROWS + 3],
        }
    )
    raised = pd.Series([datetime(2024, 1, 1, 1, 2, 3, 456789, tzinfo=UTC), None] * (BULK_ROWS // 2), dtype=object)
    return {"SupplyLot": lots, "Clue": pd.DataFrame({"id": IDS, "raised_at": raised})}


@pytest.fixture
def pooled() -> pd.DataFrame:
    """Each lot is pooled in the next, the first three told twice."""
    return pd.DataFrame(
        {
            "from_kind": "SupplyLot",
            "from_id": [*IDS, *IDS[:3]],
            "to_kind": "SupplyLot",
            "to_id": [*IDS[1:], IDS[0], *IDS[1:4]],
            "pooled_quantity_kg": pd.Series([1.5, None] * (BULK_ROWS // 2 + 2), dtype=object)[: BULK_ROWS + 3],
        }
    )


def test_big_frames_lead_to_the_same_graph_as_small_ones(
    bulk: GraphStore, small: GraphStore, nodes: dict[str, pd.DataFrame], pooled: pd.DataFrame
) -> None:
    # The second round tells less: what is not told any more must be cleared in the same way.
    less = {"SupplyLot": nodes["SupplyLot"][["id", "ask_fen_per_kg"]], "Clue": nodes["Clue"][["id"]]}
    for of_nodes, of_pools in ((nodes, pooled), (less, pooled.drop(columns="pooled_quantity_kg"))):
        for kind, frame in of_nodes.items():
            assert bulk.merge_nodes(kind, frame) == BULK_ROWS
            for start in range(0, len(frame), BATCH_ROWS):
                small.merge_nodes(kind, frame[start : start + BATCH_ROWS])
            pd.testing.assert_frame_equal(bulk.dump_nodes(kind), small.dump_nodes(kind))
        assert bulk.merge_relationships("POOLED_IN", of_pools) == BULK_ROWS
        for start in range(0, len(of_pools), BATCH_ROWS):
            small.merge_relationships("POOLED_IN", of_pools[start : start + BATCH_ROWS])
        pd.testing.assert_frame_equal(bulk.dump_relationships("POOLED_IN"), small.dump_relationships("POOLED_IN"))


def test_a_missing_end_in_a_big_frame_writes_nothing_and_makes_no_node(bulk: GraphStore, pooled: pd.DataFrame) -> None:
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS[1:]}))
    with pytest.raises(StoreError, match="3 relationships POOLED_IN from SupplyLot to SupplyLot") as caught:
        # The first lot is missing: it starts two rows and ends one.
        bulk.merge_relationships("POOLED_IN", pooled, Marker("POOLED_IN", 1))
    assert caught.value.code == "missing_end"
    assert bulk.ask("upkeep/counts") == [{"kind": "SupplyLot", "row_count": BULK_ROWS - 1}]


def test_a_big_frame_sees_that_a_node_was_removed_after_the_last_one(bulk: GraphStore, pooled: pd.DataFrame) -> None:
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS}))
    bulk.merge_relationships("POOLED_IN", pooled)
    bulk.remove_nodes("SupplyLot", [IDS[9]])
    with pytest.raises(StoreError) as caught:
        bulk.merge_relationships("POOLED_IN", pooled)
    assert (caught.value.code, caught.value.fields["count"]) == ("missing_end", 2)


def test_a_big_frame_sees_the_nodes_of_a_small_one_before_it(bulk: GraphStore, pooled: pd.DataFrame) -> None:
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS}))
    bulk.merge_relationships("POOLED_IN", pooled)
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": ["new"]}))
    assert bulk.merge_relationships("POOLED_IN", pooled.assign(to_id="new")) == BULK_ROWS


def test_a_big_frame_moves_the_marker(bulk: GraphStore) -> None:
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS}), Marker("SupplyLot", 5))
    assert bulk.ask("upkeep/versions") == [{"table_name": "SupplyLot", "version": 5}]


def test_nodes_of_a_big_frame_keep_their_relationships_when_written_again(
    bulk: GraphStore, pooled: pd.DataFrame
) -> None:
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS}))
    bulk.merge_relationships("POOLED_IN", pooled)
    bulk.merge_nodes("SupplyLot", pd.DataFrame({"id": IDS, "grade": "special"}))
    assert len(bulk.dump_relationships("POOLED_IN")) == BULK_ROWS
