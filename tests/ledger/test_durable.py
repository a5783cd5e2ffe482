"""What was acknowledged is on the disk, and stays readable as commits, checkpoints and compactions follow."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from ledger import Ledger, LoadRecord, durable

MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
RowsOf = Callable[..., pa.Table]
Load = Callable[..., str]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every path that is forced to the disk, in order."""
    paths: list[Path] = []
    force = durable.sync

    def recorded(path: Path) -> None:
        paths.append(path)
        force(path)

    monkeypatch.setattr(durable, "sync", recorded)
    return paths


def test_facts_are_on_the_disk_before_their_load_counts(
    ledger: Ledger, rows_of: RowsOf, record: Callable[..., LoadRecord], synced: list[Path]
) -> None:
    table = ledger.folder / "ledger" / "observation"
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(load_id, "Observation", rows_of(load_id, {}))
        before = set(synced)
        writer.count(record(load_id))
    (data_file,) = table.glob("*.parquet")
    log = table / "_delta_log"
    logged = {log / f"{number:020d}.json" for number in (0, 1)}
    folders = {log, table, ledger.folder / "ledger", ledger.folder}
    assert {data_file, *logged, *folders} <= before


def test_the_row_that_makes_a_load_count_is_on_the_disk_when_it_is_acknowledged(
    load: Load, ledger: Ledger, synced: list[Path]
) -> None:
    load({})
    table = ledger.folder / "ledger" / "loads"
    assert {*table.glob("*.parquet"), *(table / "_delta_log").glob("*.json"), table} <= set(synced)


def test_a_commit_left_by_a_killed_writer_is_forced_to_the_disk_by_the_next_one(
    ledger: Ledger, rows_of: RowsOf, load: Load, synced: list[Path]
) -> None:
    with ledger.writing() as writer:
        half = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(half, "Observation", rows_of(half, {}))
    synced.clear()
    load({})
    assert set((ledger.folder / "ledger" / "observation").glob("*.parquet")) <= set(synced)


def test_many_loads_pass_a_checkpoint_which_is_on_the_disk_too(ledger: Ledger, load: Load, synced: list[Path]) -> None:
    ids = [load({"id": f"o{number}"}) for number in range(12)]
    assert ledger.loads()["load_id"].to_pylist() == ids
    assert ledger.facts("Observation")["id"].to_pylist() == [f"o{number}" for number in range(12)]
    log = ledger.folder / "ledger" / "observation" / "_delta_log"
    checkpoints = set(log.glob("*.checkpoint.parquet"))
    assert checkpoints
    assert {*checkpoints, log / "_last_checkpoint"} <= set(synced)


def test_compacted_files_hold_facts_of_several_loads_and_count_as_before(
    ledger: Ledger, rows_of: RowsOf, load: Load
) -> None:
    ids = [load({"id": f"o{number}"}) for number in range(4)]
    with ledger.writing() as writer:
        half = writer.begin(feed="civil", started_at=MONDAY)
        writer.append(half, "Observation", rows_of(half, {"id": "half"}))
        writer.withdraw(ids[1], MONDAY, "wrong file")
    before = ledger.facts("Observation")
    for name in ("observation", "loads"):
        DeltaTable(ledger.folder / "ledger" / name).optimize.compact()
    assert ledger.facts("Observation").equals(before)
    assert ledger.facts("Observation")["id"].to_pylist() == ["o0", "o2", "o3"]
    assert ledger.version == 4
    assert load({"id": "after"}) > ids[-1]
    assert ledger.facts("Observation")["id"].to_pylist() == ["o0", "o2", "o3", "after"]


def test_a_folder_put_back_to_an_older_state_is_read_anew(ledger: Ledger, load: Load, tmp_path: Path) -> None:
    load({"id": "a"})
    shutil.copytree(ledger.folder, tmp_path / "copy")
    load({"id": "b"})
    assert ledger.version == 1
    shutil.rmtree(ledger.folder)
    shutil.copytree(tmp_path / "copy", ledger.folder)
    assert (ledger.version, ledger.facts("Observation")["id"].to_pylist()) == (0, ["a"])
