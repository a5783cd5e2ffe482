"""A backup holds what cannot be made again, is read back before it has its name, and restores to the same ledger."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from ledger import Ledger, LedgerError, LedgerLocked, LoadRecord
from ledger.backup import Backup, write_backup
from ledger.backup_form import LIST_FILE, BackupRefused
from ledger.restore import check_backup, restore_backup
from tests.ledger.backup_children import KEY, started
from tests.ledger.conftest import MONDAY, Tables

FORMS = ("b.tar", "b")
BackUp = Callable[..., Backup]
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def template(tables: Tables, record: Callable[..., LoadRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder of two loads with a key beside it, a graph, rejects and what a killed writer left."""
    ledger = Ledger.open(tmp_path_factory.mktemp("template") / "data", tables)
    differing: tuple[dict[str, object], ...] = ({"person_count": 2**53 + 1}, {"status": "沈"})
    for number, values in enumerate(differing):
        with ledger.writing() as writer:
            load_id = writer.begin(feed="civil", started_at=MONDAY)
            row = {"id": f"o{number}", "source_row": 2, "recorded_at": MONDAY, "feed": "civil", "load_id": load_id}
            rows = [{**row, "is_made_up": False, "household_id": "h1", **values}]
            writer.append(load_id, "Observation", pa.Table.from_pylist(rows, schema=ledger.arrow_schema("Observation")))
            writer.count(record(load_id, file_hash=f"h{number}"))
    (ledger.folder / KEY).write_bytes(bytes(range(32)))
    (ledger.folder / KEY).chmod(0o600)
    for name in ("graph/graph.kgl", "rejects/police.csv", "ledger/observation/part-1.parquet#1"):
        (ledger.folder / name).parent.mkdir(exist_ok=True)
        (ledger.folder / name).write_text("350624199001011234", encoding="utf-8")
    return ledger.folder


@pytest.fixture
def filled(template: Path, tables: Tables, tmp_path: Path) -> Ledger:
    return Ledger.open(Path(shutil.copytree(template, tmp_path / "data")), tables, create=False)


@pytest.fixture
def back_up(filled: Ledger, tmp_path: Path) -> BackUp:
    def made(name: str = "b.tar", **asked: object) -> Backup:
        whole: dict[str, object] = {"keys": (KEY,), **asked}
        return write_backup(filled, tmp_path / name, at=MONDAY, **whole)  # type: ignore[arg-type]

    return made


def members(backup: Path) -> Members:
    with tarfile.open(backup) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def write_tar(path: Path, content: Members) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, text in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    return path


def relisted(content: Members, **changed: object) -> Members:
    """Return the files with a list that fits them, as somebody who changes a backup would make it."""
    files = [
        {"path": name, "size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
        for name, text in content.items()
        if name != LIST_FILE
    ]
    told = {**json.loads(content[LIST_FILE]), "files": files, **changed}
    others = {name: text for name, text in content.items() if name != LIST_FILE}
    return {**others, LIST_FILE: json.dumps(told).encode()}


@pytest.mark.parametrize("name", FORMS)
def test_a_restored_ledger_is_the_one_that_was_backed_up(
    name: str, back_up: BackUp, filled: Ledger, tables: Tables, tmp_path: Path
) -> None:
    backup = back_up(name)
    restored = restore_backup(backup.path, tmp_path / "again", tables, keys=(KEY,))
    again = Ledger.open(tmp_path / "again", tables, create=False)
    assert restored == backup.files
    assert again.version == filled.version == restored.ledger_version == 1
    assert again.facts("Observation").equals(filled.facts("Observation"))
    assert again.all_loads().equals(filled.all_loads())
    assert (tmp_path / "again" / KEY).read_bytes() == bytes(range(32))
    assert (tmp_path / "again" / KEY).stat().st_mode & 0o777 == 0o600


def test_a_restored_ledger_takes_in_loads_again(back_up: BackUp, tables: Tables, tmp_path: Path) -> None:
    restore_backup(back_up().path, tmp_path / "again", tables, keys=(KEY,))
    again = Ledger.open(tmp_path / "again", tables, create=False)
    first = again.loads()["load_id"][0].as_py()
    with again.writing() as writer:
        writer.withdraw(first, MONDAY, "wrong file")
    assert (again.version, again.facts("Observation").num_rows) == (2, 1)


@pytest.mark.parametrize("name", FORMS)
def test_neither_graph_nor_rejects_nor_leftovers_are_taken_along(name: str, back_up: BackUp) -> None:
    paths = {file.path for file in back_up(name).files.files}
    assert {path.partition("/")[0] for path in paths} == {"FORMAT", KEY, "ledger"}
    assert not [path for path in paths if "#" in path]


def test_only_the_owner_may_read_a_backup_with_the_key(back_up: BackUp) -> None:
    assert back_up("a.tar").path.stat().st_mode & 0o777 == 0o600
    assert (back_up("a").path / KEY).stat().st_mode & 0o777 == 0o600


def test_the_key_is_left_out_on_purpose_only(back_up: BackUp, filled: Ledger) -> None:
    assert KEY not in members(back_up(keys=()).path)
    (filled.folder / KEY).unlink()
    with pytest.raises(BackupRefused) as caught:
        back_up("other.tar")
    assert caught.value.code == "key_missing"


def test_nobody_appends_while_it_is_copied(back_up: BackUp, filled: Ledger) -> None:
    with filled.writing(), pytest.raises(LedgerLocked):
        back_up()


@pytest.mark.parametrize("name", ["b.tar", "full"])
def test_a_backup_writes_over_nothing(name: str, back_up: BackUp, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    (tmp_path / "b.tar").write_text("mine", encoding="utf-8")
    with pytest.raises(BackupRefused) as caught:
        back_up(name)
    assert caught.value.code == "backup_exists"
    assert (tmp_path / "b.tar").read_text(encoding="utf-8") == "mine"


def test_a_backup_inside_the_data_folder_is_refused(back_up: BackUp) -> None:
    with pytest.raises(BackupRefused) as caught:
        back_up("data/ledger/b.tar")
    assert caught.value.code == "backup_inside_data"


def test_a_disk_that_is_full_leaves_nothing_behind(
    back_up: BackUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError) as caught:
        back_up("place/b.tar")
    monkeypatch.undo()
    assert caught.value.code in ("backup_not_written", "folder_not_writable")
    assert not [*tmp_path.glob("place/*"), *tmp_path.glob("place/.*")]


@pytest.mark.parametrize("name", FORMS)
def test_a_flipped_bit_is_found(name: str, back_up: BackUp, tables: Tables, tmp_path: Path) -> None:
    backup = back_up(name).path
    place = backup / "ledger" / "observation" if backup.is_dir() else backup
    file = next(place.glob("part-*.parquet")) if place.is_dir() else place
    spoilt = bytearray(file.read_bytes())
    # In a tar the 512 bytes from here on are the content of FORMAT.
    spoilt[512 if file == backup else 100] ^= 1
    file.write_bytes(spoilt)
    with pytest.raises(BackupRefused) as caught:
        restore_backup(backup, tmp_path / "again", tables, keys=(KEY,))
    assert caught.value.code == "backup_differs"
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.99])
def test_a_cut_backup_is_found(kept: float, back_up: BackUp, tmp_path: Path) -> None:
    # Behind the list there is nothing but the zeros that fill up the last block of a tar.
    whole = back_up().path.read_bytes().rstrip(b"\0")
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(BackupRefused) as caught:
        check_backup(cut, keys=(KEY,))
    assert caught.value.code == "backup_broken"


def test_a_missing_and_an_added_file_are_found(back_up: BackUp) -> None:
    backup = back_up("b").path
    (backup / "ledger" / "added").touch()
    next((backup / "ledger" / "observation").glob("part-*.parquet")).unlink()
    with pytest.raises(BackupRefused) as caught:
        check_backup(backup, keys=(KEY,))
    assert (caught.value.code, caught.value.fields["count"]) == ("backup_differs", 2)


@pytest.mark.parametrize(
    "name",
    ["../outside", "/outside", "ledger/../../outside", "ledger", "graph/graph.kgl", "ledger//x", "ledger/a\\b"],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, back_up: BackUp, tables: Tables, tmp_path: Path) -> None:
    backup = write_tar(tmp_path / "evil.tar", relisted({name: b"x", **members(back_up().path)}))
    with pytest.raises(BackupRefused) as caught:
        restore_backup(backup, tmp_path / "deep" / "again", tables, keys=(KEY,))
    assert caught.value.code == "backup_unsafe"
    assert not list(tmp_path.rglob("outside"))
    assert not list((tmp_path / "deep").iterdir())


@pytest.mark.parametrize("of_type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_a_device_is_refused(of_type: bytes, back_up: BackUp, tables: Tables, tmp_path: Path) -> None:
    backup = back_up().path
    with tarfile.open(backup, "a") as tar:
        member = tarfile.TarInfo("ledger/link")
        member.type, member.linkname = of_type, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(BackupRefused) as caught:
        restore_backup(backup, tmp_path / "again", tables, keys=(KEY,))
    assert caught.value.code == "backup_unsafe"


def test_a_link_in_a_folder_is_refused(back_up: BackUp) -> None:
    backup = back_up("b").path
    (backup / "ledger" / "link").symlink_to("/etc")
    with pytest.raises(BackupRefused) as caught:
        check_backup(backup, keys=(KEY,))
    assert caught.value.code == "backup_unsafe"


@pytest.mark.parametrize("changed", [{"format": 2}, {"form": "plumline-backup/2"}])
def test_a_newer_backup_is_refused(changed: dict[str, object], back_up: BackUp, tmp_path: Path) -> None:
    backup = write_tar(tmp_path / "newer.tar", relisted(members(back_up().path), **changed))
    with pytest.raises(BackupRefused) as caught:
        check_backup(backup, keys=(KEY,))
    assert caught.value.code == "backup_newer"


def test_a_ledger_of_another_version_than_was_noted_is_not_put_in_place(
    back_up: BackUp, tables: Tables, tmp_path: Path
) -> None:
    backup = write_tar(tmp_path / "other.tar", relisted(members(back_up().path), ledger_version=7))
    with pytest.raises(BackupRefused) as caught:
        restore_backup(backup, tmp_path / "again", tables, keys=(KEY,))
    assert caught.value.code == "restore_other_version"
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("text", [b"[]", b"{}", b"\xff", b'{"form": 1}', b'{"form": "x/1"}'])
def test_a_list_that_is_none_is_told_as_broken(text: bytes, back_up: BackUp, tmp_path: Path) -> None:
    backup = write_tar(tmp_path / "odd.tar", {**members(back_up().path), LIST_FILE: text})
    with pytest.raises(BackupRefused) as caught:
        check_backup(backup, keys=(KEY,))
    assert caught.value.code == "backup_broken"


def test_a_restore_writes_over_nothing(back_up: BackUp, filled: Ledger, tables: Tables) -> None:
    with pytest.raises(BackupRefused) as caught:
        restore_backup(back_up().path, filled.folder, tables, keys=(KEY,))
    assert caught.value.code == "restore_not_empty"
    assert filled.version == 1


@pytest.mark.parametrize("task", ["backup", "restore"])
def test_what_is_killed_leaves_nothing_that_passes_for_whole(
    task: str, back_up: BackUp, filled: Ledger, tables: Tables, tmp_path: Path
) -> None:
    (filled.folder / "ledger" / "observation" / "big.parquet").write_bytes(os.urandom(4_000_000))
    source = filled.folder if task == "backup" else back_up().path
    for number, seconds in enumerate((0.05, 0.13, 0.3)):
        place = tmp_path / f"place{number}"
        place.mkdir()
        with started(task, source, place) as child:
            time.sleep(seconds)
            child.kill()
        for whole in place.glob("[0-9]*"):
            if task == "backup":
                assert check_backup(whole, keys=(KEY,)).ledger_version == 1
            else:
                assert Ledger.open(whole, tables, create=False).facts("Observation").equals(filled.facts("Observation"))
    if task == "backup":
        # The lock went with the process, and what it left aside goes with the next backup to the same place.
        (tmp_path / f".b.tar.{child.pid}.part").touch()
        back_up()
        assert not list(tmp_path.glob(".b.tar*"))
