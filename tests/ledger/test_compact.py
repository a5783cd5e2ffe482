"""The tables are put in order: fewer files, sorted by household, and not a fact, version or reader is disturbed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable
from pyarrow import parquet

from graph_schema import Schema
from graph_schema.tables import HasFactTables
from ledger import Ledger, LedgerError, LedgerLocked, LoadRecord, delta_care
from tests.ledger.broken_off import BrokenOff, broken_off_at

MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
CHILD = Path(__file__).with_name("care_child.py")
KILLS, SEED = 4, 20240603
Load = Callable[..., str]
RowsOf = Callable[..., pa.Table]


def observation(ledger: Ledger) -> Path:
    return ledger.folder / "ledger" / "observation"


def files_of(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def table_of(ledger: Ledger, name: str = "observation") -> delta_care.TableFiles:
    return delta_care.table_files(ledger.folder / "ledger" / name)


@pytest.fixture
def twelve_loads(ledger: Ledger, load: Load) -> list[str]:
    """Twelve loads of one observation each, of three households in turn."""
    return [load({"id": f"o{number:02}", "household_id": f"h{number % 3}"}) for number in range(12)]


@pytest.mark.usefixtures("twelve_loads")
def test_many_small_files_become_one_and_every_fact_stays(ledger: Ledger) -> None:
    before = ledger.facts("Observation")
    report = ledger.compact()
    told = {table.table: (table.files_before, table.files_after, table.is_rewritten) for table in report.tables}
    assert told == {"loads": (12, 1, True), "observation": (12, 1, True)}
    assert ledger.facts("Observation").equals(before)
    assert len(table_of(ledger).names) == 1


@pytest.mark.usefixtures("twelve_loads")
def test_the_version_and_the_loads_of_the_ledger_stay(ledger: Ledger, load: Load, tables: HasFactTables) -> None:
    before = (ledger.version, ledger.all_loads().to_pylist(), ledger.loads_at_version(4).num_rows)
    ledger.compact()
    for reader in (ledger, Ledger.open(ledger.folder, tables)):
        assert (reader.version, reader.all_loads().to_pylist(), reader.loads_at_version(4).num_rows) == before
    load({"id": "after"})
    assert (ledger.version, ledger.facts("Observation").num_rows) == (12, 13)


@pytest.mark.usefixtures("twelve_loads")
def test_compacting_again_changes_no_file(ledger: Ledger) -> None:
    ledger.compact()
    before = files_of(ledger.folder / "ledger")
    report = ledger.compact()
    assert [table.is_rewritten for table in report.tables] == [False, False]
    assert files_of(ledger.folder / "ledger") == before


def test_only_the_table_that_gained_files_is_rewritten(
    ledger: Ledger, load: Load, rows_of: RowsOf, record: Callable[..., LoadRecord]
) -> None:
    load({"id": "a"})
    load({"id": "b"})
    ledger.compact()
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(load_id, "Visit", rows_of(load_id, {"id": "v"}))
        writer.count(record(load_id))
    told = {table.table: table.is_rewritten for table in ledger.compact().tables}
    assert told == {"loads": True, "observation": False, "visit": False}


@pytest.mark.usefixtures("twelve_loads")
def test_the_rows_of_one_household_lie_together(ledger: Ledger) -> None:
    ledger.compact()
    (name,) = table_of(ledger).names
    households = parquet.read_table(observation(ledger) / name)["household_id"].to_pylist()
    assert households == ["h0"] * 4 + ["h1"] * 4 + ["h2"] * 4


def test_a_large_table_has_groups_of_rows_small_enough_to_read_one_household(ledger: Ledger, load: Load) -> None:
    rows = [{"id": f"o{number}", "household_id": f"h{number % 500:03}"} for number in range(25_000)]
    load(*rows[:12_000])
    load(*rows[12_000:])
    ledger.compact()
    (name,) = table_of(ledger).names
    form = parquet.read_metadata(observation(ledger) / name)
    assert [form.row_group(place).num_rows for place in range(form.num_row_groups)] == [20_000, 5_000]
    found = ledger.facts("Observation", columns=["id"], where={"household_id": ["h007"]})["id"].to_pylist()
    assert sorted(found) == sorted(f"o{number}" for number in range(7, 25_000, 500))


def test_facts_of_loads_that_do_not_count_stay_without_counting(ledger: Ledger, load: Load, rows_of: RowsOf) -> None:
    load({"id": "a"})
    withdrawn = load({"id": "b"})
    with ledger.writing() as writer:
        half = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(half, "Observation", rows_of(half, {"id": "c"}))
        writer.withdraw(withdrawn, MONDAY, "wrong file")
    ledger.compact()
    assert ledger.facts("Observation")["id"].to_pylist() == ["a"]
    assert ledger.facts("Observation", loads_version=1)["id"].to_pylist() == ["a", "b"]


@pytest.mark.usefixtures("twelve_loads")
def test_a_reader_that_opened_the_table_before_reads_it_to_its_end(ledger: Ledger) -> None:
    opened = DeltaTable(observation(ledger)).to_pyarrow_dataset()
    ledger.compact()
    assert sorted(opened.to_table()["id"].to_pylist()) == [f"o{number:02}" for number in range(12)]


@pytest.mark.usefixtures("twelve_loads")
def test_what_killed_writers_left_is_removed(ledger: Ledger) -> None:
    left = [observation(ledger) / "part-00000-x-c000.snappy.parquet#1", ledger.folder / "ledger.aside" / "half.parquet"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"torn")
    removed = {table.table: table.files_removed for table in ledger.compact().tables}
    assert removed == {"loads": 0, "observation": 1}
    assert not any(path.exists() for path in left)
    assert not (ledger.folder / "ledger.aside").exists()


@pytest.mark.usefixtures("twelve_loads")
def test_replaced_files_stay_for_readers_until_they_are_old_enough(ledger: Ledger) -> None:
    assert sum(table.files_removed for table in ledger.compact().tables) == 0
    assert len(list(observation(ledger).glob("*.parquet"))) == 13
    # The table itself says how long readers may take: not at all is what a test can wait for.
    DeltaTable(observation(ledger)).alter.set_table_properties(
        {"delta.deletedFileRetentionDuration": "interval 0 seconds"}
    )
    time.sleep(0.01)
    removed = {table.table: table.files_removed for table in ledger.compact().tables}
    assert removed == {"loads": 0, "observation": 12}
    assert ledger.facts("Observation").num_rows == 12


def test_an_empty_ledger_is_in_order(ledger: Ledger) -> None:
    assert ledger.compact().tables == ()


def test_compaction_waits_for_the_lock_and_says_who_holds_it(ledger: Ledger, tables: HasFactTables) -> None:
    with Ledger.open(ledger.folder, tables).writing(), pytest.raises(LedgerLocked) as caught:
        ledger.compact()
    assert caught.value.code == "locked"


@pytest.mark.usefixtures("twelve_loads")
def test_a_disk_that_takes_nothing_more_leaves_the_table_as_it_was(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    before = ledger.facts("Observation")
    monkeypatch.setattr(delta_care, "sync", full)
    with pytest.raises(LedgerError) as caught:
        ledger.compact()
    assert (caught.value.code, caught.value.fields["table"]) == ("care_failed", "loads")
    assert ledger.facts("Observation").equals(before)


def test_broken_off_at_any_step_every_fact_is_there_once_and_it_can_be_run_again(
    ledger: Ledger, load: Load, tables: HasFactTables
) -> None:
    step, is_whole = 0, False
    ids: list[str] = []
    while not is_whole:
        step += 1
        ids += [f"{step}a", f"{step}b"]
        load({"id": f"{step}a"})
        load({"id": f"{step}b"})
        with broken_off_at(step):
            try:
                ledger.compact()
                is_whole = True
            except BrokenOff:
                assert Ledger.open(ledger.folder, tables).facts("Observation")["id"].to_pylist() == ids
    # Two tables, each with a commit and a data file given to it, are more steps than these.
    assert step > 4
    assert ledger.facts("Observation")["id"].to_pylist() == ids
    assert len(table_of(ledger).names) == 1


def _child(folder: Path, task: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(folder), task]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own script
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.fixture
def county(tmp_path: Path, schema: Schema, record: Callable[..., LoadRecord]) -> tuple[Ledger, Callable[[int], None]]:
    """A ledger of the real vocabulary, and what loads one file with a thousand observations of a number into it."""
    ledger = Ledger.open(tmp_path / "county", schema)

    def loaded(number: int) -> None:
        with ledger.writing(wait_seconds=10) as writer:
            load_id = writer.begin(feed="civil", started_at=MONDAY)
            plain = {"recorded_at": MONDAY, "feed": "civil", "load_id": load_id, "is_made_up": False}
            rows = [{"id": f"o{number}-{row}", "source_row": row, **plain} for row in range(1000)]
            writer.append(load_id, "Observation", pa.Table.from_pylist(rows, ledger.arrow_schema("Observation")))
            writer.count(record(load_id))

    return ledger, loaded


@pytest.mark.soak
def test_killed_at_random_moments_every_fact_is_there_once(
    county: tuple[Ledger, Callable[[int], None]],
) -> None:
    ledger, loaded = county
    draw = random.Random(SEED)
    for turn in range(KILLS):
        for number in range(4):
            loaded(turn * 4 + number)
        child = _child(ledger.folder, "compact")
        time.sleep(draw.uniform(0.0, 0.15))
        child.kill()
        child.communicate()
        ids = ledger.facts("Observation")["id"].to_pylist()
        assert len(ids) == len(set(ids)) == (turn + 1) * 4000
    ledger.compact()
    assert ledger.facts("Observation").num_rows == KILLS * 4000
    assert not (ledger.folder / "ledger.aside").exists()


def test_another_process_reads_on_while_the_ledger_is_compacted(
    county: tuple[Ledger, Callable[[int], None]],
) -> None:
    ledger, loaded = county
    loaded(0)
    child = _child(ledger.folder, "read")
    for number in range(1, 5):
        loaded(number)
        ledger.compact()
    seen, _ = child.communicate()
    assert child.returncode == 0
    assert set(map(int, seen.split())) <= {1000, 2000, 3000, 4000, 5000}
