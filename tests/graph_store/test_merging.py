"""Nodes are written by id: what is told replaces, what is not told is cleared. Alike on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest

from graph_schema import SchemaError
from graph_store import GraphStore, Marker, StoreError
from tests.graph_store.conftest import Told

CHINA = timezone(timedelta(hours=8))


TEXTS = (
    "沈一 👨‍🌾",
    'O\'Brien "the" `cook` \\ {x} $y\n\t//',
    "",
    " two  spaces ",
    "2024-01-31",
    "007",
    "null",
    "true",
    "1e3",
)


def test_text_and_ids_come_back_letter_by_letter(store: GraphStore, told: Told) -> None:
    # An id is text too, whatever it looks like.
    store.merge_nodes("Household", pd.DataFrame({"id": TEXTS, "head_name": TEXTS}))
    assert told("Household") == [{"id": text, "head_name": text} for text in sorted(TEXTS)]


@pytest.mark.parametrize(
    ("kind", "column", "written", "read"),
    [
        ("Household", "member_count", 0, 0),
        ("Programme", "budget_fen", 2**53 + 1, 9007199254740993),
        ("Programme", "budget_fen", 2**63 - 1, 9223372036854775807),
        ("Programme", "budget_fen", -(2**63), -9223372036854775808),
        ("Household", "arable_mu", 0.1, 0.1),
        ("Household", "arable_mu", 2, 2.0),
        ("Household", "resilience_share", 0.0, 0.0),
        ("Household", "was_registered_poor", False, False),
        ("Household", "poverty_exit_on", date(2020, 12, 31), pd.Timestamp(2020, 12, 31)),
        ("Household", "poverty_exit_on", date(1600, 2, 29), pd.Timestamp(1600, 2, 29)),
        (
            "Clue",
            "raised_at",
            # 0:30 in China on the 2nd is 16:30 on the 1st at Greenwich.
            datetime(2024, 1, 2, 0, 30, 0, 123456, tzinfo=CHINA),
            pd.Timestamp("2024-01-01T16:30:00.123456Z"),
        ),
        ("Clue", "raised_at", datetime(2024, 1, 2, tzinfo=UTC), pd.Timestamp("2024-01-02T00:00:00Z")),
        ("SupplyLot", "certificate_codes", ["organic", "绿色,食品", "green"], ["organic", "绿色,食品", "green"]),
        ("SupplyLot", "certificate_codes", [], []),
        ("SupplyLot", "certificate_codes", ("organic",), ["organic"]),
    ],
)
def test_a_value_comes_back_as_it_was_written(
    store: GraphStore, told: Told, kind: str, column: str, written: object, read: object
) -> None:
    store.merge_nodes(kind, pd.DataFrame([{"id": "1", column: written}], dtype=object))
    assert told(kind) == [{"id": "1", column: read}]


def test_a_second_write_replaces_what_it_tells(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Household", pd.DataFrame([{"id": "h1", "head_name": "沈一", "member_count": 3}]))
    store.merge_nodes("Household", pd.DataFrame([{"id": "h1", "head_name": "沈二", "member_count": 3}]))
    assert told("Household") == [{"id": "h1", "head_name": "沈二", "member_count": 3}]


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("Household", "head_name", "沈一"),
        ("Household", "member_count", 3),
        ("Household", "arable_mu", 1.5),
        ("Household", "was_registered_poor", True),
        ("Household", "poverty_exit_on", date(2020, 12, 31)),
        ("Household", "household_status", "active"),
        ("Clue", "raised_at", datetime(2024, 1, 2, tzinfo=UTC)),
        ("SupplyLot", "certificate_codes", ["organic"]),
    ],
)
@pytest.mark.parametrize("how", ["null", "no column"])
def test_what_is_no_longer_told_is_cleared(
    store: GraphStore, told: Told, kind: str, column: str, value: object, how: str
) -> None:
    store.merge_nodes(kind, pd.DataFrame([{"id": "1", column: value, "is_made_up": True}], dtype=object))
    without = {"id": "1", "is_made_up": True, **({column: None} if how == "null" else {})}
    store.merge_nodes(kind, pd.DataFrame([without], dtype=object))
    assert told(kind) == [{"id": "1", "is_made_up": True}]


@pytest.mark.parametrize("null", [None, float("nan"), pd.NA, pd.NaT])
def test_every_form_of_null_clears(store: GraphStore, told: Told, null: object) -> None:
    store.merge_nodes("Household", pd.DataFrame([{"id": "h1", "arable_mu": 1.5}]))
    store.merge_nodes("Household", pd.DataFrame([{"id": "h1", "arable_mu": null}], dtype=object))
    assert told("Household") == [{"id": "h1"}]


def test_a_null_beside_a_value_clears_its_own_row_only(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1", "h2"], "member_count": [1, 2]}))
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1", "h2"], "member_count": [None, 2**53 + 1]}, dtype=object))
    assert told("Household") == [{"id": "h1"}, {"id": "h2", "member_count": 9007199254740993}]


def test_of_two_rows_with_one_id_the_last_counts(store: GraphStore, told: Told) -> None:
    frame = pd.DataFrame({"id": ["h1", "h2", "h1"], "head_name": ["沈一", "沈二", None], "member_count": [3, 4, 5]})
    assert store.merge_nodes("Household", frame) == 2
    assert told("Household") == [
        {"id": "h1", "member_count": 5},
        {"id": "h2", "head_name": "沈二", "member_count": 4},
    ]


def test_writing_the_same_nodes_twice_changes_nothing(store: GraphStore) -> None:
    frame = pd.DataFrame({"id": ["h1", "h2"], "head_name": ["沈一", None], "arable_mu": [None, 2.5]})
    store.merge_nodes("Household", frame)
    once = store.dump_nodes("Household")
    assert store.merge_nodes("Household", frame) == 2
    pd.testing.assert_frame_equal(store.dump_nodes("Household"), once)


@pytest.mark.parametrize("columns", [["id"], ["id", "head_name", "poverty_exit_on"]])
def test_an_empty_frame_writes_nothing(store: GraphStore, told: Told, columns: list[str]) -> None:
    assert store.merge_nodes("Household", pd.DataFrame(columns=columns, dtype=object)) == 0
    assert told("Household") == []


def test_the_order_of_the_columns_does_not_matter(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Household", pd.DataFrame({"member_count": [3], "head_name": ["沈一"], "id": ["h1"]}))
    assert told("Household") == [{"id": "h1", "head_name": "沈一", "member_count": 3}]


def test_the_given_frame_is_left_as_it_was(store: GraphStore) -> None:
    frame = pd.DataFrame({"id": ["h2", "h1", "h2"], "arable_mu": [1, None, 2]}, index=[7, 7, 9], dtype=object)
    before = frame.copy(deep=True)
    store.merge_nodes("Household", frame)
    pd.testing.assert_frame_equal(frame, before)


def test_one_id_may_belong_to_nodes_of_two_kinds(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Household", pd.DataFrame({"id": ["1"], "head_name": ["沈一"]}))
    store.merge_nodes("Area", pd.DataFrame({"id": ["1"], "name": ["青梅村"]}))
    assert (told("Household"), told("Area")) == (
        [{"id": "1", "head_name": "沈一"}],
        [{"id": "1", "name": "青梅村"}],
    )


def test_a_node_that_is_written_again_keeps_its_relationships(store: GraphStore, told: Told) -> None:
    store.merge_nodes("Area", pd.DataFrame({"id": ["3506", "350624"]}))
    ends = {"from_kind": "Area", "from_id": "350624", "to_kind": "Area", "to_id": "3506"}
    store.merge_relationships("PART_OF", pd.DataFrame([ends]))
    store.merge_nodes("Area", pd.DataFrame({"id": ["350624"], "name": ["诏安县"]}))
    assert told("PART_OF") == [ends]


def test_more_nodes_than_one_statement_takes_are_all_written(store: GraphStore) -> None:
    # A statement takes 5,000 rows.
    frame = pd.DataFrame({"id": [f"h{number:05}" for number in range(5001)], "member_count": range(5001)})
    assert store.merge_nodes("Household", frame, Marker("Household", 7)) == 5001
    assert store.dump_nodes("Household")["member_count"].tolist() == list(range(5001))


def test_a_frame_with_one_wrong_value_is_not_written_at_all(store: GraphStore, told: Told) -> None:
    frame = pd.DataFrame({"id": ["h1", "h2"], "member_count": [3, "four"]}, dtype=object)
    with pytest.raises(StoreError, match="member_count of Household should be of type whole") as caught:
        store.merge_nodes("Household", frame, Marker("Household", 1))
    assert caught.value.code == "bad_value"
    assert (told("Household"), store.ask("upkeep/versions")) == ([], [])


def test_a_node_without_an_id_is_refused(store: GraphStore, told: Told) -> None:
    with pytest.raises(StoreError) as caught:
        store.merge_nodes("Household", pd.DataFrame({"id": ["h1", None]}))
    assert (caught.value.code, told("Household")) == ("bad_value", [])


def test_a_kind_that_only_the_ledger_keeps_is_refused(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.merge_nodes("IncomeComponent", pd.DataFrame({"id": ["1"]}))
    assert caught.value.code == "not_in_graph"


@pytest.mark.parametrize("kind", ["Castle", "AFFECTED_BY"])
def test_a_word_that_is_no_node_kind_is_refused(store: GraphStore, kind: str) -> None:
    with pytest.raises(SchemaError) as caught:
        store.merge_nodes(kind, pd.DataFrame({"id": ["1"]}))
    assert caught.value.code == "unknown_node_kind"
