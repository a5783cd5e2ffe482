from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from loaders.errors import LoadError
from loaders.files.file_bytes import opened, read_bytes, read_standard_input
from loaders.load_options import LoadOptions
from loaders.report import Counts
from tests.loaders.desk import Desk

TEXT = b"id,member_count\n100,3\n"


def code_of(read: Callable[[], object]) -> str:
    """Return the code of the error that reading ends in."""
    with pytest.raises(LoadError) as caught:
        read()
    assert caught.value.what("zh")
    return caught.value.code


def longer(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"101,4\n")


def as_long_with_its_old_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"3", b"4"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_in_its_place(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


CHANGES = (longer, as_long_with_its_old_time, another_in_its_place, lambda path: os.truncate(path, 5))


@pytest.mark.parametrize("change", CHANGES, ids=["longer", "same size and time", "exchanged", "shorter"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "police.Household.csv"
    path.write_bytes(TEXT)

    def read() -> None:
        with opened(path) as file:
            file.read(3)
            change(path)
            file.read()

    assert code_of(read) == "file_changed"
    assert read_bytes(path)


def test_nothing_counts_of_a_file_that_changed_and_it_loads_once_it_is_still(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write("police.Household.csv", TEXT)
    stat = Path.stat
    asked: list[Path] = []

    def stat_and_write(self: Path, **options: bool) -> os.stat_result:
        found = stat(self, **options)
        if self == path and len(asked) < 40:
            asked.append(self)
            longer(path)
        return found

    monkeypatch.setattr(Path, "stat", stat_and_write)
    (report,) = desk.load(path).reports
    assert (report.status, report.reason and report.reason.code) == ("refused", "file_changed")
    assert desk.ledger.loads().num_rows == 0
    monkeypatch.undo()
    path.write_bytes(TEXT)
    assert desk.load(path).rows == Counts(1, 1, 0)


def test_what_is_no_ordinary_file_is_not_waited_for(desk: Desk) -> None:
    pipe = desk.feeds / "police.Household.csv"
    os.mkfifo(pipe)
    (report,) = desk.load(pipe).reports
    assert report.reason is not None
    assert report.reason.code == "not_a_file"


def test_a_file_beyond_the_limit_is_not_even_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "police.Household.csv"
    path.write_bytes(TEXT)
    monkeypatch.setattr("loaders.files.file_bytes.MAX_BYTES", len(TEXT) - 1)
    assert code_of(lambda: read_bytes(path)) == "too_large"
    assert code_of(lambda: read_standard_input(io.BytesIO(TEXT), "-")) == "too_large"
    monkeypatch.setattr("loaders.files.file_bytes.MAX_BYTES", len(TEXT))
    assert read_bytes(path) == read_standard_input(io.BytesIO(TEXT), "-") == TEXT


def test_standard_input_is_loaded_like_a_file(desk: Desk) -> None:
    def load(stream: BinaryIO | None) -> tuple[str, str | None, Counts]:
        options = LoadOptions(standard_input=stream)
        (report,) = desk.load(Path("-"), feed="police", kind="Household", options=options).reports
        return report.status, report.reason.code if report.reason else None, report.rows

    assert load(io.BytesIO(TEXT + b"101,x\n")) == ("loaded", None, Counts(2, 1, 1))
    assert load(io.BytesIO(TEXT + b"101,x\n")) == ("known", "already_loaded", Counts())
    assert load(None) == ("refused", "no_standard_input", Counts())
    (rejects,) = desk.rejects.iterdir()
    assert rejects.name.startswith("police.Household.")


def test_standard_input_needs_a_feed_and_a_kind(desk: Desk) -> None:
    options = LoadOptions(standard_input=io.BytesIO(TEXT))
    (report,) = desk.load(Path("-"), options=options).reports
    assert report.reason is not None
    assert report.reason.code == "name_tells_no_kind"
