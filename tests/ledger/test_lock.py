"""One process writes at a time; one that is killed leaves nothing behind that matters."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread, Timer

import pyarrow as pa
import pytest

from graph_schema import Schema
from graph_schema.tables import HasFactTables
from ledger import Ledger, LedgerError, LedgerLocked, LoadRecord

CHILD = Path(__file__).with_name("writing_child.py")
Start = Callable[[Path, str], "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a child process that writes to a folder, and return it when it has come to its moment."""
    children: list[subprocess.Popen[str]] = []

    def started(folder: Path, task: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(CHILD), str(folder), task]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own script
        children.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    yield started
    for child in children:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path, schema: Schema, start: Start) -> None:
    child = start(tmp_path, "hold")
    ledger = Ledger.open(tmp_path, schema)
    with pytest.raises(LedgerLocked) as caught, ledger.writing():
        raise AssertionError("two writers at once")
    assert caught.value.fields["pid"] == str(child.pid)
    assert f"process {child.pid} since 20" in caught.value.text("en")
    assert caught.value.status == 423


def test_facts_can_be_read_while_another_process_writes(tmp_path: Path, schema: Schema, start: Start) -> None:
    start(tmp_path, "appended")
    ledger = Ledger.open(tmp_path, schema)
    assert (ledger.version, ledger.facts("Observation").num_rows) == (-1, 0)


@pytest.mark.parametrize("moment", ["append", "appended"])
def test_a_killed_writer_leaves_no_lock_and_nothing_that_counts(
    tmp_path: Path, schema: Schema, start: Start, record: Callable[..., LoadRecord], moment: str
) -> None:
    for _ in range(2):
        child = start(tmp_path, moment)
        child.kill()
        child.wait()
    ledger = Ledger.open(tmp_path, schema)
    arrow_schema = ledger.arrow_schema("Observation")
    assert ledger.facts("Observation").num_rows == 0
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=record("x").started_at)
        row = {
            "id": "o1",
            "recorded_at": record("x").started_at,
            "feed": "civil",
            "load_id": load_id,
            "source_row": 2,
            "is_made_up": False,
        }
        writer.append(load_id, "Observation", pa.Table.from_pylist([row], arrow_schema))
        writer.count(record(load_id))
    assert ledger.facts("Observation")["id"].to_pylist() == ["o1"]


def test_a_writer_that_waits_gets_the_lock_when_it_is_given_back(ledger: Ledger, tables: HasFactTables) -> None:
    is_held, may_end = Event(), Event()

    def hold() -> None:
        with Ledger.open(ledger.folder, tables).writing():
            is_held.set()
            may_end.wait(10)

    holder = Thread(target=hold)
    holder.start()
    is_held.wait(10)
    releaser = Timer(0.2, may_end.set)
    releaser.start()
    with ledger.writing(wait_seconds=10):
        assert may_end.is_set()
    holder.join()
    releaser.join()


def test_a_writer_that_waited_in_vain_says_so(ledger: Ledger, tables: HasFactTables) -> None:
    other = Ledger.open(ledger.folder, tables)
    with ledger.writing(), pytest.raises(LedgerLocked) as caught, other.writing(wait_seconds=0.1):
        raise AssertionError("two writers at once")
    assert caught.value.code == "locked"


def test_the_lock_is_given_back_after_a_fault(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.writing():
        raise ZeroDivisionError
    with ledger.writing() as writer:
        assert writer is not None
    assert not (ledger.folder / "ledger.lock.holder").exists()


def test_the_lock_is_given_back_when_its_holder_cannot_be_written(ledger: Ledger) -> None:
    (ledger.folder / "ledger.lock.holder").mkdir()
    with pytest.raises(LedgerError) as caught, ledger.writing():
        raise AssertionError("nobody would know who writes")
    assert caught.value.code == "folder_not_writable"
    (ledger.folder / "ledger.lock.holder").rmdir()
    with ledger.writing() as writer:
        assert writer is not None


def test_a_holder_that_is_not_written_yet_is_told_as_unknown(ledger: Ledger, tables: HasFactTables) -> None:
    other = Ledger.open(ledger.folder, tables)
    with ledger.writing():
        (ledger.folder / "ledger.lock.holder").write_text("{", encoding="utf-8")
        with pytest.raises(LedgerError) as caught, other.writing():
            raise AssertionError("two writers at once")
    assert (caught.value.fields["pid"], caught.value.fields["since"]) == ("?", "?")
