"""A frame is checked against the schema and brought into one form before any engine sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pyarrow as pa
import pytest

from graph_schema import Schema, SchemaError
from graph_schema.meta import PropertyType
from graph_store import StoreError
from graph_store.frames import last_of_each, node_frame, parameter_rows, property_types, relationships_between

CHINA = timezone(timedelta(hours=8))


def test_the_graph_holds_the_properties_of_a_kind_and_whether_it_is_made_up(schema: Schema) -> None:
    assert property_types(schema, "Cooperative") == {
        "name": PropertyType.TEXT,
        "credit_grade": PropertyType.CODE,
        "member_count": PropertyType.WHOLE,
        "closed_on": PropertyType.DAY,
        "is_made_up": PropertyType.FLAG,
    }


def test_a_relationship_that_only_the_graph_keeps_has_a_last_day(schema: Schema) -> None:
    assert property_types(schema, "MEMBER_OF") == {"share_fen": PropertyType.WHOLE, "ended_on": PropertyType.DAY}


def test_every_property_is_a_column_after_the_id(schema: Schema) -> None:
    frame = node_frame(schema, "Cooperative", pd.DataFrame({"member_count": [12], "id": ["c1"]}, index=[5]))
    assert list(frame.columns) == ["id", "name", "credit_grade", "member_count", "closed_on", "is_made_up"]
    assert parameter_rows(frame, property_types(schema, "Cooperative")) == [["c1", None, None, 12, None, None]]


@pytest.mark.parametrize(
    ("column", "given", "value"),
    [
        ("budget_fen", pd.Series([2**53 + 1, None], dtype=object), 9007199254740993),
        ("budget_fen", pd.Series([2**53 + 1, None], dtype="Int64"), 9007199254740993),
        ("budget_fen", pd.Series([7, 8], dtype="int8"), 7),
        ("budget_fen", pd.Series([7, 8], dtype="uint64"), 7),
        ("starts_on", pd.Series([date(2024, 2, 29), None], dtype=object), date(2024, 2, 29)),
        ("starts_on", pd.Series([pd.Timestamp(2024, 2, 29), pd.NaT]), date(2024, 2, 29)),
        ("is_made_up", pd.Series([False, None], dtype=object), False),
        ("is_made_up", pd.Series([False, True]), False),
        ("eligible_codes", pd.Series([("b", "a"), None], dtype=object), ["b", "a"]),
        ("name", pd.Series(["沈", None], dtype=pd.ArrowDtype(pa.string())), "沈"),
        ("name", pd.Series(["沈", None], dtype="string"), "沈"),
    ],
)
def test_each_form_of_a_value_becomes_the_same_parameter(
    schema: Schema, column: str, given: pd.Series, value: object
) -> None:
    frame = node_frame(schema, "Programme", pd.DataFrame({"id": ["1", "2"], column: given}))
    rows = parameter_rows(frame[["id", column]], property_types(schema, "Programme"))
    assert rows[0] == ["1", value]
    assert type(rows[0][1]) is type(value)


@pytest.mark.parametrize(
    "given",
    [
        datetime(2024, 1, 1, 8, 30, tzinfo=CHINA),
        datetime(2024, 1, 1, 0, 30, tzinfo=UTC),
        pd.Timestamp("2024-01-01T08:30+08:00"),
        # An instant without a zone is one in UTC.
        datetime(2024, 1, 1, 0, 30),
    ],
)
def test_an_instant_becomes_one_in_utc(schema: Schema, given: datetime) -> None:
    frame = node_frame(schema, "Clue", pd.DataFrame({"id": ["1"], "raised_at": [given]}))
    rows = parameter_rows(frame[["raised_at"]], property_types(schema, "Clue"))
    assert rows == [[datetime(2024, 1, 1, 0, 30)]]


@pytest.mark.parametrize(("column", "null"), [("arable_mu", float("nan")), ("poverty_exit_on", pd.NaT)])
def test_not_a_number_and_not_a_time_are_null(schema: Schema, column: str, null: object) -> None:
    frame = node_frame(schema, "Household", pd.DataFrame({"id": ["1"], column: [null]}))
    assert parameter_rows(frame[[column]], property_types(schema, "Household")) == [[None]]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("member_count", 3.0, "whole"),
        ("member_count", "3", "whole"),
        ("member_count", True, "whole"),
        ("member_count", 2**63, "whole"),
        ("arable_mu", "1.5", "number"),
        ("arable_mu", True, "number"),
        ("arable_mu", float("inf"), "number"),
        ("arable_mu", 10**400, "number"),
        ("resilience_share", float("-inf"), "share"),
        ("was_registered_poor", 1, "flag"),
        ("was_registered_poor", "true", "flag"),
        ("poverty_exit_on", "2020-12-31", "day"),
        ("poverty_exit_on", datetime(2020, 12, 31, 8, tzinfo=UTC), "day"),
        ("poverty_exit_on", 2020, "day"),
        ("head_name", 7, "text"),
        ("head_name", b"bytes", "text"),
        ("head_name", ["list"], "text"),
        ("household_status", 1, "code"),
    ],
)
def test_a_value_of_another_type_is_refused(schema: Schema, column: str, value: object, expected: str) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "Household", pd.DataFrame([{"id": "h1", column: value}], dtype=object))
    assert caught.value.code == "bad_value"
    assert (caught.value.fields["column"], caught.value.fields["expected"]) == (column, expected)


@pytest.mark.parametrize("value", ["organic", [1], [None], {"a": 1}])
def test_a_list_holds_text_only(schema: Schema, value: object) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "SupplyLot", pd.DataFrame({"id": ["l1"], "certificate_codes": [value]}, dtype=object))
    assert caught.value.code == "bad_value"


@pytest.mark.parametrize("column", ["member_count", "poverty_exit_on", "was_registered_poor", "arable_mu"])
def test_a_refused_value_is_not_told_to_whoever_reads_the_message(schema: Schema, column: str) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "Household", pd.DataFrame({"id": ["h1"], column: ["沈一"]}))
    assert "沈一" not in caught.value.text("en")


def test_a_column_that_is_no_property_is_refused(schema: Schema) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "Household", pd.DataFrame({"id": ["h1"], "castle": [1]}))
    assert (caught.value.code, caught.value.fields) == ("unknown_column", {"kind": "Household", "column": "castle"})


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"head_name": ["沈一"]})])
def test_nodes_without_a_column_of_ids_are_refused(schema: Schema, frame: pd.DataFrame) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "Household", frame)
    assert (caught.value.code, caught.value.fields["column"]) == ("missing_column", "id")


@pytest.mark.parametrize("node_id", [7, None, date(2024, 1, 1)])
def test_an_id_that_is_no_text_is_refused(schema: Schema, node_id: object) -> None:
    with pytest.raises(StoreError) as caught:
        node_frame(schema, "Household", pd.DataFrame({"id": pd.Series(["h1", node_id], dtype=object)}))
    assert (caught.value.code, caught.value.fields["column"]) == ("bad_value", "id")


def test_relationships_are_parted_by_the_kinds_of_their_ends(schema: Schema) -> None:
    rows = [("Household", "h1", "l1"), ("Cooperative", "c1", "l2"), ("Household", "h2", "l3")]
    frame = pd.DataFrame(rows, columns=["from_kind", "from_id", "to_id"]).assign(to_kind="SupplyLot")
    parts = [(tuple(ends), part.to_numpy().tolist()) for ends, part in relationships_between(schema, "PRODUCES", frame)]
    assert parts == [
        (("PRODUCES", "Cooperative", "SupplyLot"), [["c1", "l2"]]),
        (("PRODUCES", "Household", "SupplyLot"), [["h1", "l1"], ["h2", "l3"]]),
    ]


@pytest.mark.parametrize("column", ["from_kind", "from_id", "to_kind", "to_id"])
def test_relationships_without_one_of_their_ends_are_refused(schema: Schema, column: str) -> None:
    row = {"from_kind": "Household", "from_id": "h1", "to_kind": "Cause", "to_id": "H01"}
    with pytest.raises(StoreError) as caught:
        relationships_between(schema, "AFFECTED_BY", pd.DataFrame([row]).drop(columns=column))
    assert (caught.value.code, caught.value.fields["column"]) == ("missing_column", column)


def test_a_word_that_is_no_relationship_kind_is_refused(schema: Schema) -> None:
    with pytest.raises(SchemaError) as caught:
        relationships_between(schema, "LOVES", pd.DataFrame())
    assert caught.value.code == "unknown_relationship_kind"


def test_the_last_of_several_rows_stays_in_its_place() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "a"], "value": [1, 2, 3]})
    assert last_of_each(frame, ("id",)).to_numpy().tolist() == [["b", 2], ["a", 3]]
