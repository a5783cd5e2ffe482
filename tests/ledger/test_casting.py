"""What is appended keeps every value, or it is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from ledger import FactsRefused, Ledger

NOW = datetime(2024, 6, 3, 8, tzinfo=UTC)
RowsOf = Callable[..., pa.Table]


@pytest.fixture
def append(ledger: Ledger, rows_of: RowsOf) -> Callable[[str, pa.Array], pa.Array]:
    """Append one row whose column holds the one given value; return that column as it is kept."""

    def appended(column: str, values: pa.Array) -> pa.Array:
        with ledger.writing() as writer:
            load_id = writer.begin(feed="civil", started_at=NOW)
            rows = rows_of(load_id, {})
            changed = rows.set_column(rows.schema.get_field_index(column), column, values)
            writer.append(load_id, "Observation", changed)
        return changed.column(column)

    return appended


Append = Callable[[str, pa.Array], pa.Array]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("person_count", pa.array(["7"])),
        ("person_count", pa.array([1.7])),
        ("person_count", pa.array([7.0])),
        ("person_count", pa.array([float("nan")])),
        ("person_count", pa.array([True])),
        ("person_count", pa.array([2**64 - 1], pa.uint64())),
        ("number_value", pa.array(["0.5"])),
        ("number_value", pa.array([2**53 + 1])),
        ("number_value", pa.array([False])),
        ("status", pa.array([7])),
        ("status", pa.array([b"monitored"])),
        ("observed_on", pa.array(["2024-02-29"])),
        ("observed_on", pa.array([datetime(2024, 2, 29)])),
        ("observed_on", pa.array([19782], pa.int32())),
        ("told_at", pa.array([datetime(2024, 2, 29)])),
        ("told_at", pa.array([date(2024, 2, 29)])),
        ("told_at", pa.array([1], pa.timestamp("ns", tz="UTC"))),
        ("is_disabled", pa.array([1])),
        ("is_disabled", pa.array(["true"])),
        ("cause_codes", pa.array(["H01"])),
        ("cause_codes", pa.array([[1]])),
    ],
    ids=str,
)
def test_a_value_of_another_type_is_refused(append: Append, column: str, values: pa.Array) -> None:
    with pytest.raises(FactsRefused) as caught:
        append(column, values)
    assert caught.value.code == "wrong_column_type"
    assert caught.value.fields["column"] == column


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("person_count", pa.array([7], pa.int8())),
        ("person_count", pa.array([7], pa.uint64())),
        ("person_count", pa.nulls(1)),
        ("number_value", pa.array([7], pa.int32())),
        ("number_value", pa.array([0.5], pa.float32())),
        ("status", pa.array(["monitored"], pa.large_string())),
        ("status", pa.array(["monitored"], pa.string_view())),
        ("status", pa.array(["monitored"]).dictionary_encode()),
        ("told_at", pa.array([NOW], pa.timestamp("ms", tz="Asia/Shanghai"))),
        ("cause_codes", pa.array([["H01"]], pa.large_list(pa.large_string()))),
        ("cause_codes", pa.array([[]], pa.list_(pa.null()))),
    ],
    ids=str,
)
def test_another_form_of_the_same_value_is_taken(ledger: Ledger, append: Append, column: str, values: pa.Array) -> None:
    assert append(column, values).to_pylist() == values.to_pylist()


def test_nothing_is_written_when_one_column_is_refused(ledger: Ledger, append: Append) -> None:
    with pytest.raises(FactsRefused):
        append("person_count", pa.array(["7"]))
    assert list((ledger.folder / "ledger").rglob("*.parquet")) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_no_number_is_refused(append: Append, value: float) -> None:
    with pytest.raises(FactsRefused) as caught:
        append("number_value", pa.array([value]))
    assert caught.value.code == "not_a_number"


@pytest.mark.parametrize("column", ["id", "recorded_at", "feed", "load_id", "source_row", "is_made_up"])
def test_what_identifies_a_fact_is_never_empty(append: Append, column: str) -> None:
    with pytest.raises(FactsRefused) as caught:
        append(column, pa.nulls(1))
    assert (caught.value.code, caught.value.fields["column"]) == ("missing_value", column)


def test_a_row_of_another_load_is_refused(append: Append) -> None:
    with pytest.raises(FactsRefused) as caught:
        append("load_id", pa.array(["another"]))
    assert caught.value.code == "wrong_load_id"


def test_a_missing_and_an_unknown_column_are_both_named(ledger: Ledger, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        rows = rows_of(load_id, {}).rename_columns({"status": "stattus"})
        with pytest.raises(FactsRefused) as caught:
            writer.append(load_id, "Observation", rows)
    assert caught.value.fields == {"table": "Observation", "missing": "status", "unknown": "stattus"}


def test_a_column_given_twice_is_refused(ledger: Ledger, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        rows = rows_of(load_id, {})
        with pytest.raises(FactsRefused) as caught:
            writer.append(load_id, "Observation", rows.append_column("status", rows["status"]))
    assert caught.value.fields["unknown"] == "status"


def test_columns_may_come_in_any_order(ledger: Ledger, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        rows = rows_of(load_id, {})
        assert writer.append(load_id, "Observation", rows.select(sorted(rows.column_names))) == 1
