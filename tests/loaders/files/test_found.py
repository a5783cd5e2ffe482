from __future__ import annotations

import doctest
from pathlib import Path
from types import ModuleType

import pytest

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.files import delimiter, feed_file, header, number_format, packed
from loaders.files import workbook as workbook_module
from loaders.files.feed_file import STANDARD_INPUT, FeedFile
from loaders.files.found import find_files
from loaders.files.reads import Reads
from loaders.load_plan import plan_of
from loaders.mapping import load_mapping
from tests.loaders.files.small_workbook import archive, workbook


@pytest.mark.parametrize(
    ("name", "feed", "kind"),
    [
        ("police.Household.csv", "police", "Household"),
        ("trade.POOLED_IN.csv", "trade", "POOLED_IN"),
        ("police.Household.2026-03.csv", "police", "Household"),
        ("Household.csv", None, "Household"),
        ("households.csv", None, None),
        ("police.household.csv", None, None),
    ],
)
def test_the_name_of_a_file_tells_feed_and_kind(
    tmp_path: Path, schema: Schema, name: str, feed: str | None, kind: str | None
) -> None:
    (tmp_path / name).touch()
    (file,) = find_files([tmp_path / name], schema=schema, feed=None, kind=None).files
    assert (file.feed, file.kind) == (feed, kind)


def test_what_is_given_wins_over_the_name(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "police.Household.csv"
    path.touch()
    (file,) = find_files([path], schema=schema, feed="village", kind="Person").files
    assert (file.feed, file.kind) == ("village", "Person")


def test_a_folder_is_taken_in_the_order_of_what_refers_to_what(tmp_path: Path, schema: Schema) -> None:
    for name in ("police.Stay.csv", "trade.POOLED_IN.csv", "police.Household.csv", "deep/place.Area.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    names = [file.name for file in found.files]
    assert names == ["place.Area.csv", "police.Household.csv", "police.Stay.csv", "trade.POOLED_IN.csv"]


def test_a_file_of_a_folder_that_nobody_can_tell_is_reported(tmp_path: Path, schema: Schema) -> None:
    for name in ("police.Household.csv", "notes.txt", "list.csv", "ORIGIN.yaml", "README.md", ".hidden"):
        (tmp_path / name).touch()
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    assert [file.name for file in found.files] == ["police.Household.csv"]
    assert [path.name for path in found.unknown] == ["list.csv", "notes.txt"]


def test_a_path_to_nothing_is_an_error(tmp_path: Path, schema: Schema) -> None:
    with pytest.raises(LoadError) as caught:
        find_files([tmp_path / "gone.csv"], schema=schema, feed=None, kind=None)
    assert caught.value.code == "no_such_path"


def test_a_workbook_is_taken_by_its_sheets(tmp_path: Path, schema: Schema) -> None:
    rows = [["id"], ["1"]]
    book = workbook({"Household": rows, "Person": rows, "Notes 说明": rows, "draft": rows, "Stay": []})
    (tmp_path / "police.xlsx").write_bytes(book)
    (tmp_path / "police.Household.xlsx").write_bytes(
        workbook({"Sheet1": rows, "Sheet2": rows, "old": rows}, hidden=["old"])
    )
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    assert [(file.name, file.feed, file.kind) for file in found.files] == [
        ("police.Household.xlsx [Sheet1]", "police", "Household"),
        ("police.Household.xlsx [Sheet2]", "police", "Household"),
        ("police.xlsx [Household]", "police", "Household"),
        ("police.xlsx [Person]", "police", "Person"),
    ]
    assert [path.name for path in found.unknown] == ["police.Household.xlsx [old]", "police.xlsx [draft]"]


def test_with_a_mapping_all_sheets_are_taken_that_are_shown_or_those_told(tmp_path: Path, schema: Schema) -> None:
    rows = [["户编号"], ["1"]]
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook({"官陂": rows, "太平": rows, "Household": rows, "old": rows}, hidden=["old"]))

    def sheets(reads: Reads) -> list[str]:
        found = find_files([path], schema=schema, feed="police", kind="Household", reads=reads)
        return sorted(str(file.sheet) for file in found.files)

    assert sheets(Reads()) == ["Household", "太平", "官陂"]
    assert sheets(Reads(sheets=("太平", "gone"))) == ["gone", "太平"]


def test_what_cannot_be_read_is_taken_so_that_loading_says_why(tmp_path: Path, schema: Schema) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for name, data in {
        "police.xls": ole,
        "locked.xlsx": ole + "EncryptedPackage".encode("utf-16-le"),
        "police.Household.csv": b"%PDF-1.7",
        "broken.xlsx": b"PK\x03\x04",
        "office.ods": archive({"mimetype": "x"}),
        "notes.pdf": b"%PDF-1.7",
    }.items():
        (tmp_path / name).write_bytes(data)
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    assert {file.path.name: file.fault.code for file in found.files if file.fault} == {
        "police.xls": "old_workbook",
        "locked.xlsx": "encrypted_file",
        "police.Household.csv": "other_form",
        "broken.xlsx": "packed_faulty",
        "office.ods": "old_workbook",
    }
    assert [path.name for path in found.unknown] == ["notes.pdf"]


def test_a_folder_that_may_not_be_listed_is_told_and_a_linked_one_is_not_entered(
    tmp_path: Path, schema: Schema
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "police.Household.csv.gz").touch()
    found = find_files([tmp_path / "in"], schema=schema, feed=None, kind=None)
    assert [file.name for file in found.files] == ["police.Household.csv.gz"]
    assert [path.name for path in found.unknown] == ["round"]


def test_standard_input_has_a_name_that_a_rejects_file_can_bear() -> None:
    file = FeedFile(STANDARD_INPUT, "police", "Household")
    assert (file.name, file.own_name) == ("stdin", "stdin")


@pytest.mark.parametrize(
    ("member", "name"),
    [("一月/户 表.csv", "户_表"), ("-x.csv", "_x"), ("a\nb\0c.csv", "a_b_c"), (".csv", "rows"), ("x" * 500, "x" * 60)],
)
def test_a_rejects_file_is_named_so_that_every_folder_can_hold_it(
    tmp_path: Path, schema: Schema, member: str, name: str
) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        "m:\n  version: 1\n  feed: police\n  label: {en: m, zh: m}\n"
        "  facts: [{kind: Household, columns: {id: {column: n}}}]\n",
        encoding="utf-8",
    )
    file = FeedFile(Path("in.zip"), "police", "Household", member)
    assert plan_of(file, schema=schema, mapping=load_mapping(path, schema)).rejects_name == name
    assert plan_of(file, schema=schema, mapping=None).rejects_name == "police.Household"


@pytest.mark.parametrize(
    "module", [delimiter, feed_file, header, number_format, packed, workbook_module], ids=lambda module: None
)
def test_what_the_docstrings_say_comes_back(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
