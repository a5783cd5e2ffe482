"""A load is appended, table by table, and counts as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema import Schema
from ledger import FactsRefused, Ledger, LedgerError, LoadConflict, LoadRecord, NotInLedger

NOW = datetime(2024, 6, 3, 8, tzinfo=UTC)
RowsOf = Callable[..., pa.Table]
Record = Callable[..., LoadRecord]
Load = Callable[..., str]


def test_a_row_comes_back_as_it_was_appended(ledger: Ledger, load: Load) -> None:
    row = {
        "id": "o1",
        "household_id": "h1",
        "person_count": 2**53 + 1,
        "number_value": 0.1,
        "insured_share": 0.25,
        "observed_on": date(2024, 2, 29),
        "told_at": datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
        "is_disabled": True,
        "status": "monitored",
        "cause_codes": ["H01", "E02"],
        "parts": '{"青梅": 1}',
    }
    load(row)
    (found,) = ledger.facts("Observation").to_pylist()
    assert {name: found[name] for name in row} == row


def test_a_whole_number_above_two_to_the_53_keeps_its_digits_beside_nulls(ledger: Ledger, load: Load) -> None:
    load({"person_count": None}, {"person_count": 2**53 + 1}, {"person_count": -(2**63)})
    found = ledger.facts("Observation", columns=["person_count"])
    assert found.column("person_count").to_pylist() == [None, 9007199254740993, -9223372036854775808]
    assert found.schema.field("person_count").type == pa.int64()


def test_chinese_text_and_the_empty_text_come_back_unchanged(ledger: Ledger, load: Load) -> None:
    load({"status": " 诏安县红星乡 "}, {"status": ""}, {"status": None})
    assert ledger.facts("Observation")["status"].to_pylist() == [" 诏安县红星乡 ", "", None]


def test_facts_do_not_count_before_their_load_does(ledger: Ledger, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        writer.append(load_id, "Observation", rows_of(load_id, {}))
        assert ledger.facts("Observation").num_rows == 0


def test_a_load_that_died_leaves_nothing_that_counts_and_can_be_run_again(
    ledger: Ledger, rows_of: RowsOf, load: Load
) -> None:
    with ledger.writing() as writer:
        half = writer.begin(feed="civil", started_at=NOW)
        writer.append(half, "Observation", rows_of(half, {"id": "half"}))
    again = load({"id": "whole"})
    assert ledger.facts("Observation", columns=["id", "load_id"]).to_pylist() == [{"id": "whole", "load_id": again}]


def test_a_second_append_of_one_load_to_one_table_writes_nothing(
    ledger: Ledger, rows_of: RowsOf, record: Record
) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        first = writer.append(load_id, "Observation", rows_of(load_id, {}, {}))
        second = writer.append(load_id, "Observation", rows_of(load_id, {}, {}))
        writer.count(record(load_id))
    assert (first, second, ledger.facts("Observation").num_rows) == (2, 2, 2)


def test_one_load_fills_several_tables_at_one_moment(ledger: Ledger, rows_of: RowsOf, record: Record) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        writer.append(load_id, "Observation", rows_of(load_id, {}))
        writer.append(load_id, "Visit", rows_of(load_id, {}, {}))
        writer.count(record(load_id))
    assert [ledger.facts(name).num_rows for name in ("Observation", "Visit")] == [1, 2]


def test_rows_may_come_as_a_stream(ledger: Ledger, rows_of: RowsOf, record: Record) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        rows = rows_of(load_id, {"id": "a"}, {"id": "b"}, {"id": "c"})
        assert writer.append(load_id, "Observation", rows.to_reader(max_chunksize=2)) == 3
        writer.count(record(load_id))
    assert ledger.facts("Observation")["id"].to_pylist() == ["a", "b", "c"]


def test_a_stream_that_breaks_off_writes_nothing_and_its_own_error_comes_out(ledger: Ledger, rows_of: RowsOf) -> None:
    def broken(rows: pa.Table) -> Iterator[pa.RecordBatch]:
        yield from rows.to_batches()
        raise UnicodeError("half a character")

    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        rows = rows_of(load_id, {})
        with pytest.raises(UnicodeError, match="half a character"):
            writer.append(load_id, "Observation", pa.RecordBatchReader.from_batches(rows.schema, broken(rows)))
        assert writer.append(load_id, "Observation", rows) == 1


def test_a_table_without_rows_can_be_appended(ledger: Ledger, rows_of: RowsOf, record: Record) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        assert writer.append(load_id, "Observation", rows_of(load_id)) == 0
        writer.count(record(load_id, read_count=0, accepted_count=0))
    assert ledger.facts("Observation").num_rows == 0
    assert ledger.version == 0


def test_a_load_counts_once(ledger: Ledger, load: Load, record: Record) -> None:
    load_id = load({})
    with ledger.writing() as writer, pytest.raises(LoadConflict) as caught:
        writer.count(record(load_id))
    assert caught.value.code == "load_already_counted"


def test_nothing_is_added_to_a_load_that_counts(ledger: Ledger, load: Load, rows_of: RowsOf) -> None:
    load_id = load({})
    with ledger.writing() as writer, pytest.raises(LoadConflict) as caught:
        writer.append(load_id, "Visit", rows_of(load_id, {}))
    assert caught.value.code == "load_already_counted"


def test_a_load_that_was_not_begun_is_unknown(ledger: Ledger, record: Record) -> None:
    with ledger.writing() as writer, pytest.raises(NotInLedger) as caught:
        writer.count(record("20240603T080000000000Z-000000-civil-00000000"))
    assert caught.value.code == "unknown_load"


def test_every_row_that_was_read_is_accounted_for(ledger: Ledger, record: Record) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        with pytest.raises(FactsRefused) as caught:
            writer.count(record(load_id, read_count=5, accepted_count=3, rejected_count=1))
    assert caught.value.code == "counts_do_not_add_up"


def test_a_writer_is_of_no_use_after_its_lock_is_given_back(ledger: Ledger) -> None:
    with ledger.writing() as writer:
        assert writer.begin(feed="civil", started_at=NOW)
    with pytest.raises(LoadConflict) as caught:
        writer.begin(feed="civil", started_at=NOW)
    assert caught.value.code == "lock_released"


def test_load_ids_sort_by_start_then_by_order_of_beginning(ledger: Ledger) -> None:
    with ledger.writing() as writer:
        later = writer.begin(feed="civil", started_at=datetime(2024, 6, 4, tzinfo=UTC))
        first = writer.begin(feed="trade", started_at=NOW)
        second = writer.begin(feed="civil", started_at=NOW)
    assert sorted([later, second, first]) == [first, second, later]


def test_load_ids_of_one_instant_sort_across_writers(ledger: Ledger, load: Load) -> None:
    ids = [load({}) for _ in range(3)]
    assert ids == sorted(set(ids))


def test_a_table_that_the_vocabulary_does_not_have_is_refused(ledger: Ledger) -> None:
    with pytest.raises(NotInLedger) as caught:
        ledger.facts("Unicorn")
    assert caught.value.code == "unknown_table"


def test_a_table_that_cannot_be_written_says_so(ledger: Ledger, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        tables_folder = ledger.folder / "ledger"
        tables_folder.mkdir(exist_ok=True)
        (tables_folder / "observation").write_text("a file where a folder should be", encoding="utf-8")
        with pytest.raises(LedgerError) as caught:
            writer.append(load_id, "Observation", rows_of(load_id, {}))
    assert caught.value.code == "write_failed"


def test_every_kind_of_the_vocabulary_has_a_table_of_its_own(tmp_path: Path, schema: Schema) -> None:
    ledger = Ledger.open(tmp_path, schema)
    assert all(ledger.facts(name).schema == ledger.arrow_schema(name) for name in schema.fact_tables)
    folders = {table.snake_name for table in schema.fact_tables.values()}
    assert len(folders | {"loads"}) == len(schema.fact_tables) + 1
