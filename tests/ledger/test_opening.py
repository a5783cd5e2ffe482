"""A data folder is opened, made, or refused with a message of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.tables import HasFactTables
from ledger import Ledger, LedgerError


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, tables: HasFactTables) -> None:
    folder = tmp_path / "deep" / "data"
    assert Ledger.open(folder, tables).version == -1
    assert (folder / "FORMAT").read_text(encoding="utf-8") == "1\n"


def test_a_folder_without_a_ledger_is_refused_where_none_may_be_made(tmp_path: Path, tables: HasFactTables) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path / "data", tables, create=False)
    assert caught.value.code == "no_ledger"
    assert not (tmp_path / "data").exists()


def test_a_folder_of_a_newer_format_is_refused(tmp_path: Path, tables: HasFactTables) -> None:
    (tmp_path / "FORMAT").write_text("2\n", encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path, tables)
    assert (caught.value.code, caught.value.fields["found"], caught.value.fields["known"]) == ("newer_format", 2, 1)


@pytest.mark.parametrize("text", ["", "two", "-1", "1.5", "２"])
def test_a_format_that_is_no_number_is_refused(tmp_path: Path, tables: HasFactTables, text: str) -> None:
    (tmp_path / "FORMAT").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path, tables)
    assert caught.value.code == "unknown_format"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, tables: HasFactTables) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path / "data", tables)
    assert caught.value.code == "folder_not_writable"


def test_a_folder_that_cannot_be_locked_is_refused(tmp_path: Path, tables: HasFactTables) -> None:
    ledger = Ledger.open(tmp_path, tables)
    (tmp_path / "ledger.lock").mkdir()
    with pytest.raises(LedgerError) as caught, ledger.writing():
        raise AssertionError("the lock was had")
    assert caught.value.code == "folder_not_writable"


def test_a_fault_is_told_in_both_languages(tmp_path: Path, tables: HasFactTables) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path, tables, create=False)
    assert caught.value.text("en") == (
        f"There is no ledger in the folder {tmp_path}. Check the name of the folder, or load a first file into it."
    )
    assert caught.value.text("zh") == f"文件夹 {tmp_path} 中没有台账。请检查文件夹名称，或者先向其中导入一个文件。"
