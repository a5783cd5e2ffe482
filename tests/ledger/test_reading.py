"""What counts, and what counted at an instant or at a version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from graph_schema.messages import Label
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn, HasFactTables
from ledger import FactsRefused, Ledger, LedgerError, LoadConflict, LoadRecord, NotInLedger

MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
TUESDAY = datetime(2024, 6, 4, 8, tzinfo=UTC)
WEDNESDAY = datetime(2024, 6, 5, 8, tzinfo=UTC)
THURSDAY = datetime(2024, 6, 6, 8, tzinfo=UTC)
RowsOf = Callable[..., pa.Table]
Load = Callable[..., str]
Record = Callable[..., LoadRecord]
VocabularyOf = Callable[..., HasFactTables]


@pytest.fixture
def week(ledger: Ledger, load: Load) -> tuple[str, str]:
    """Two loads, of Monday and Wednesday; the first is withdrawn on Thursday."""
    first = load({"id": "a", "recorded_at": MONDAY}, recorded_at=MONDAY, file_hash="h-a")
    second = load({"id": "b", "recorded_at": WEDNESDAY}, recorded_at=WEDNESDAY, file_hash="h-b")
    with ledger.writing() as writer:
        writer.withdraw(first, THURSDAY, "wrong month")
    return first, second


@pytest.mark.parametrize(
    ("as_of", "ids"),
    [
        (datetime(2024, 6, 3, 7, 59, 59, tzinfo=UTC), []),
        (MONDAY, ["a"]),
        (TUESDAY, ["a"]),
        (WEDNESDAY, ["a", "b"]),
        (THURSDAY, ["b"]),
        (None, ["b"]),
    ],
)
@pytest.mark.usefixtures("week")
def test_facts_are_those_known_at_the_instant(ledger: Ledger, as_of: datetime | None, ids: list[str]) -> None:
    assert ledger.facts("Observation", as_of=as_of)["id"].to_pylist() == ids


@pytest.mark.parametrize(("version", "ids"), [(-1, []), (0, ["a"]), (1, ["a", "b"]), (2, ["b"])])
@pytest.mark.usefixtures("week")
def test_facts_are_those_that_counted_at_the_version(ledger: Ledger, version: int, ids: list[str]) -> None:
    assert ledger.facts("Observation", loads_version=version)["id"].to_pylist() == ids


@pytest.mark.usefixtures("week")
def test_each_event_raises_the_version_by_one(ledger: Ledger) -> None:
    assert ledger.version == 2
    assert [ledger.version_at(day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)] == [0, 0, 1, 2]


def test_the_loads_that_counted_at_a_version_or_an_instant_are_listed(ledger: Ledger, week: tuple[str, str]) -> None:
    first, second = week
    assert ledger.loads()["load_id"].to_pylist() == [second]
    assert ledger.loads(TUESDAY)["load_id"].to_pylist() == [first]
    assert ledger.loads_at_version(1)["load_id"].to_pylist() == [first, second]


def test_a_withdrawn_load_stays_in_the_list_of_all_with_its_reason(ledger: Ledger, week: tuple[str, str]) -> None:
    columns = ["load_id", "withdrawn_at", "why"]
    assert [tuple(row.values()) for row in ledger.all_loads().select(columns).to_pylist()] == [
        (week[0], THURSDAY, "wrong month"),
        (week[1], None, None),
    ]


def test_a_load_is_withdrawn_once(ledger: Ledger, week: tuple[str, str]) -> None:
    with ledger.writing() as writer, pytest.raises(LoadConflict) as caught:
        writer.withdraw(week[0], THURSDAY, "again")
    assert caught.value.code == "load_already_withdrawn"


def test_a_load_that_never_counted_cannot_be_withdrawn(ledger: Ledger) -> None:
    with ledger.writing() as writer, pytest.raises(NotInLedger) as caught:
        writer.withdraw("nobody", THURSDAY, "why not")
    assert caught.value.code == "unknown_load"


def test_a_file_is_known_by_its_content_until_its_load_is_withdrawn(ledger: Ledger, week: tuple[str, str]) -> None:
    assert ledger.load_with_hash("civil", "h-b") == week[1]
    assert ledger.load_with_hash("civil", "h-a") is None
    assert ledger.load_with_hash("trade", "h-b") is None


def test_a_fact_recorded_after_the_instant_is_not_known_then(ledger: Ledger, load: Load) -> None:
    load({"id": "a", "recorded_at": MONDAY}, {"id": "b", "recorded_at": WEDNESDAY}, recorded_at=MONDAY)
    assert ledger.facts("Observation", as_of=TUESDAY)["id"].to_pylist() == ["a"]


def test_a_load_is_known_from_its_end_where_nothing_else_is_said(ledger: Ledger, load: Load) -> None:
    load({}, finished_at=TUESDAY)
    assert (ledger.version_at(MONDAY), ledger.version_at(TUESDAY)) == (-1, 0)


def test_the_record_of_a_load_comes_back(ledger: Ledger, load: Load) -> None:
    load_id = load(
        {},
        {},
        mapping_version="civil/2",
        read_count=3,
        accepted_count=2,
        rejected_count=1,
        finished_at=TUESDAY,
        is_made_up=True,
        origin=Label(en="made up", zh="虚构数据"),
        is_backfill=True,
        warning_count=4,
        repeated_count=5,
        absent_count=6,
    )
    assert ledger.loads().to_pylist() == [
        {
            "sequence": 0,
            "load_id": load_id,
            "feed": "civil",
            "file_name": "civil.Observation.csv",
            "file_hash": "h1",
            "mapping_version": "civil/2",
            "read_count": 3,
            "accepted_count": 2,
            "rejected_count": 1,
            "started_at": MONDAY,
            "finished_at": TUESDAY,
            "recorded_at": TUESDAY,
            "is_made_up": True,
            "origin_en": "made up",
            "origin_zh": "虚构数据",
            "is_backfill": True,
            "warning_count": 4,
            "repeated_count": 5,
            "absent_count": 6,
        }
    ]


def test_an_empty_ledger_has_version_minus_one_and_empty_tables(ledger: Ledger) -> None:
    assert ledger.version == -1
    assert ledger.facts("Observation").schema == ledger.arrow_schema("Observation")
    assert (ledger.facts("Observation").num_rows, ledger.loads().num_rows, ledger.all_loads().num_rows) == (0, 0, 0)


def test_an_instant_without_a_time_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(FactsRefused) as caught:
        ledger.facts("Observation", as_of=datetime(2024, 6, 3))
    assert caught.value.code == "no_time_zone"


def test_the_wanted_columns_come_in_the_wanted_order(ledger: Ledger, load: Load) -> None:
    load({"id": "a", "household_id": "h1"})
    assert ledger.facts("Observation", columns=["household_id", "id"]).to_pylist() == [
        {"household_id": "h1", "id": "a"}
    ]


def test_a_wanted_column_that_is_not_there_is_named(ledger: Ledger) -> None:
    with pytest.raises(FactsRefused) as caught:
        ledger.facts("Observation", columns=["id", "colour"])
    assert (caught.value.code, caught.value.fields["unknown"]) == ("wrong_columns", "colour")


def test_facts_come_in_the_order_of_loads_and_rows(ledger: Ledger, load: Load) -> None:
    load({"id": "a", "household_id": "h9"}, {"id": "b", "household_id": "h1"})
    load({"id": "c", "household_id": "h5"})
    assert ledger.facts("Observation")["id"].to_pylist() == ["a", "b", "c"]


def test_the_rows_of_one_household_lie_together_on_the_disk(ledger: Ledger, load: Load) -> None:
    load({"household_id": "h2"}, {"household_id": "h1"}, {"household_id": "h2"})
    (file,) = (ledger.folder / "ledger" / "observation").glob("*.parquet")
    assert ds.dataset(file).to_table()["household_id"].to_pylist() == ["h1", "h2", "h2"]


def test_a_second_reader_sees_what_the_first_one_wrote(ledger: Ledger, load: Load, tables: HasFactTables) -> None:
    reader = Ledger.open(ledger.folder, tables, create=False)
    assert reader.version == -1
    load({})
    load({})
    assert (reader.version, reader.facts("Observation").num_rows) == (1, 2)


def test_a_damaged_file_of_a_load_that_counts_is_reported(ledger: Ledger, load: Load) -> None:
    load({})
    (file,) = (ledger.folder / "ledger" / "observation").glob("*.parquet")
    file.write_bytes(b"torn")
    with pytest.raises(LedgerError) as caught:
        ledger.facts("Observation")
    assert caught.value.code == "broken_ledger"


def test_a_damaged_file_of_a_load_that_died_does_no_harm(ledger: Ledger, load: Load, rows_of: RowsOf) -> None:
    with ledger.writing() as writer:
        half = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(half, "Observation", rows_of(half, {}))
    (file,) = (ledger.folder / "ledger" / "observation").glob("*.parquet")
    file.write_bytes(b"torn")
    load({"id": "whole"})
    assert ledger.facts("Observation")["id"].to_pylist() == ["whole"]


@pytest.mark.parametrize("is_added_first", [True, False])
def test_a_vocabulary_that_gained_a_column_reads_and_extends_an_older_table(
    tmp_path: Path, tables: HasFactTables, vocabulary_of: VocabularyOf, record: Record, is_added_first: bool
) -> None:
    plain = tables.fact_tables["Observation"]
    added = FactColumn("soil_code", PropertyType.CODE)
    columns = (added, *plain.columns) if is_added_first else (*plain.columns, added)
    grown = vocabulary_of(replace(plain, columns=columns))
    for vocabulary, own in ((tables, {"id": "old"}), (grown, {"id": "new", "soil_code": "clay"})):
        ledger = Ledger.open(tmp_path, vocabulary)
        with ledger.writing() as writer:
            load_id = writer.begin(feed="civil", started_at=MONDAY)
            known = {"recorded_at": MONDAY, "feed": "civil", "load_id": load_id, "source_row": 2, "is_made_up": False}
            writer.append(
                load_id, "Observation", pa.Table.from_pylist([{**known, **own}], ledger.arrow_schema("Observation"))
            )
            writer.count(record(load_id))
    assert [tuple(row.values()) for row in ledger.facts("Observation", columns=["id", "soil_code"]).to_pylist()] == [
        ("old", None),
        ("new", "clay"),
    ]
    assert Ledger.open(tmp_path, tables).facts("Observation")["id"].to_pylist() == ["old", "new"]


def test_a_column_whose_type_changed_is_reported(
    ledger: Ledger, load: Load, tables: HasFactTables, vocabulary_of: VocabularyOf
) -> None:
    load({"status": "monitored"})
    plain = tables.fact_tables["Observation"]
    columns = tuple(
        replace(column, type=PropertyType.WHOLE) if column.name == "status" else column for column in plain.columns
    )
    changed = vocabulary_of(replace(plain, columns=columns))
    with pytest.raises(LedgerError) as caught:
        Ledger.open(ledger.folder, changed).facts("Observation")
    assert (caught.value.code, caught.value.fields["column"]) == ("other_column_type", "status")
