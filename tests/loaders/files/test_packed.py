from __future__ import annotations

import gzip
import io
import warnings
import zipfile
import zlib

import pytest

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.files.found import find_files
from loaders.files.limits import MAX_MEMBERS, MEGABYTE
from loaders.files.packed import Archive, unpacked
from tests.loaders.desk import Desk
from tests.loaders.files.small_workbook import archive, workbook

TEXT = "id,member_count\n100,3\n"


def code_of(data: bytes, member: str | None = None) -> str:
    """Return the code of the error that unpacking ends in."""
    with pytest.raises(LoadError) as caught:
        unpacked(data, "x.gz") if member is None else Archive.of(data, "x.zip").read(member)
    assert caught.value.what("zh")
    return caught.value.code


def named_as_written(data: bytes, name: str, raw: bytes) -> bytes:
    """Return an archive with the bytes of one name exchanged for others of the same length, not said to be UTF-8."""
    assert len(name.encode()) == len(raw)
    return data.replace(name.encode(), raw)


def test_gzip_of_several_parts_and_with_zeros_behind_is_read_whole() -> None:
    data = gzip.compress(b"id,n\n") + gzip.compress(b"1,2\n") + b"\0" * 100
    assert unpacked(data, "x.gz") == b"id,n\n1,2\n"


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"id" * 500)[:-9], gzip.compress(b"id") + b"rest", b"\x1f\x8b", b"\x1f\x8bx"],
    ids=["cut off", "followed", "no header", "half a header"],
)
def test_gzip_that_is_cut_off_or_followed_by_something_else_is_refused(data: bytes) -> None:
    assert code_of(data) == "packed_faulty"


def test_gzip_that_bursts_is_refused_before_it_has_burst() -> None:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(MEGABYTE)
    bomb = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()
    assert code_of(bomb) == "bursts"


def test_nothing_is_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.files.packed.MAX_BYTES", 1000)
    assert code_of(gzip.compress(bytes(1001))) == "too_large"
    assert code_of(archive({"a": bytes(600), "b": bytes(600)}), "a") == "too_large"


def test_an_archive_that_bursts_is_refused_by_what_it_says_of_itself() -> None:
    assert code_of(archive({"a.csv": bytes(65 * MEGABYTE)}), "a.csv") == "bursts"


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    data = archive({"a.csv": b"x" * 100_000})
    # The size stands in the local header and in the list at the end.
    assert (
        code_of(data.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")), "a.csv") == "packed_faulty"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[: len(data) // 2], "packed_faulty"),
        (lambda data: data.replace(b"\0\0\x08\0", b"\x01\0\x08\0"), "encrypted_file"),
        (lambda data: data[:60] + bytes([data[60] ^ 0xFF]) + data[61:], "packed_faulty"),
    ],
    ids=["cut off", "encrypted", "changed"],
)
def test_a_damaged_or_locked_archive_is_refused(change: object, code: str) -> None:
    assert callable(change)
    assert code_of(change(archive({"police.Household.csv": TEXT * 9})), "police.Household.csv") == code


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:/a.csv", "..\\a.csv"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert code_of(archive({name: TEXT}), name.replace("\\", "/")) == "unsafe_member"


def test_an_archive_of_too_many_files_or_of_two_of_one_name_is_refused() -> None:
    assert code_of(archive({str(number): "" for number in range(MAX_MEMBERS + 1)}), "1") == "too_many_members"
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as packed:
        warnings.simplefilter("ignore")
        packed.writestr("a.csv", TEXT)
        packed.writestr("a.csv", TEXT * 2)
    assert code_of(content.getvalue(), "a.csv") == "member_twice"
    assert code_of(archive({"a": ""}), "b") == "no_such_member"
    assert code_of(archive({".": ""}), ".") == "packed_faulty"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_are_read_in_whatever_encoding_they_were_written(encoding: str) -> None:
    raw = "民政/户.csv".encode(encoding)
    placeholder = "x" * len(raw)
    data = named_as_written(archive({placeholder: TEXT}), placeholder, raw)
    assert Archive.of(data, "x.zip").read("民政/户.csv") == TEXT.encode()


def test_folders_may_be_parted_by_backslashes() -> None:
    assert list(Archive.of(archive({"jan\\police.Household.csv": TEXT}), "x").members) == ["jan/police.Household.csv"]


def test_the_files_of_an_archive_are_loaded_each_by_its_name(desk: Desk) -> None:
    book = workbook({"Household": [["id"], ["102"]], "Person": [["id"], ["900"]]})
    data = archive(
        {
            "jan/police.Household.csv": TEXT,
            "jan/police.Household.2.csv.gz": gzip.compress(b"id\n101\n"),
            "police.xlsx": book,
            "notes.txt": "how to",
            "README.md": "",
            "__MACOSX/police.Household.csv": "",
            "inner.zip": archive({"police.Household.csv": TEXT}),
        }
    )
    outcome = desk.load(desk.write("jan.zip", data))
    told = {report.name: (report.status, report.rows.accepted) for report in outcome.reports}
    assert told == {
        "jan.zip/jan/police.Household.csv": ("loaded", 1),
        "jan.zip/jan/police.Household.2.csv.gz": ("loaded", 1),
        "jan.zip/police.xlsx [Household]": ("loaded", 1),
        "jan.zip/police.xlsx [Person]": ("loaded", 1),
        "jan.zip/inner.zip": ("refused", 0),
    }
    assert [path.name for path in outcome.unknown_files] == ["notes.txt"]
    codes = {report.name: report.reason.code for report in outcome.reports if report.reason}
    assert codes == {"jan.zip/inner.zip": "nested_archive"}
    files = find_files([desk.feeds], schema=desk.schema, feed=None, kind=None).files
    assert {file.feed for file in files if file.kind} == {"police"}


def test_an_archive_of_nothing_and_a_locked_member_are_told(desk: Desk, schema: Schema) -> None:
    for name, data, code in (
        ("empty.zip", archive({}), "archive_empty"),
        ("office.zip", archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "old_workbook"),
        ("cut.zip", archive({"police.Household.csv": TEXT})[:-9], "packed_faulty"),
        ("police.Household.gz", gzip.compress(archive({"a.csv": TEXT})), "archive_not_opened"),
        ("police.Household.2.gz", gzip.compress(gzip.compress(b"id")), "nested_archive"),
        ("police.Household.3.gz", gzip.compress(archive({})), "archive_empty"),
    ):
        (report,) = desk.load(desk.write(name, data)).reports
        assert (report.status, report.reason and report.reason.code) == ("refused", code), name
