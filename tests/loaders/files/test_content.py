"""Text in every encoding and with every delimiter, and what is no table at all."""

from __future__ import annotations

import gzip

import pytest

from loaders.files.delimiter import found_delimiter
from loaders.files.reads import Reads
from loaders.files.text_encoding import is_gb18030
from tests.loaders.files.small_workbook import archive, workbook
from tests.loaders.files.tables import content_of, fault_of, rows_of

TEXT = "户编号,户主姓名\n001,林梅\n002,陈明\n"
ROWS = [("户编号", "户主姓名"), ("001", "林梅"), ("002", "陈明")]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        gzip.compress(TEXT.encode("gbk")),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "mark", "gb18030", "gbk", "utf-16", "utf-16 big", "gzip", "windows"],
)
def test_text_is_read_in_whatever_encoding_it_comes(data: bytes) -> None:
    assert rows_of(data) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_read_with_whatever_delimiter_it_comes(delimiter: str) -> None:
    text = f'id{delimiter}note\n1{delimiter}"a{delimiter}b\nc"\n2{delimiter}1,5;x\n'
    if delimiter in ",;":
        text = text.replace("1,5;x", "plain")
    data = text.encode()
    assert rows_of(data)[1] == ("1", f"a{delimiter}b\nc")
    assert content_of(data).delimiter(Reads()) == delimiter


def test_a_delimiter_within_quotation_marks_or_in_a_few_rows_tells_nothing() -> None:
    assert found_delimiter(b'"a;b";"c"\n1;2\n') == ";"
    assert found_delimiter(b"id,note\n1,a;b\n2,c;d\n") == ","
    assert found_delimiter(b"id;money\n1;2,50\n2;3,75\n") == ";"
    assert found_delimiter(b"id\n1\n") == ","


def test_what_the_mapping_says_wins_over_what_is_found() -> None:
    assert rows_of(b"a;b,c\n1;2,3\n", Reads(delimiter=","))[0] == ("a;b", "c")
    assert rows_of("号^名\n1^林\n".encode("gb18030"), Reads(delimiter="^", encoding="gb18030")) == [
        ("号", "名"),
        ("1", "林"),
    ]
    # Two characters are Chinese by chance; only who knows it can say so.
    assert rows_of("号,名\n1,林\n".encode("utf-16-le"), Reads(encoding="utf-16"))[1] == ("1", "林")


def test_the_header_may_stand_lower_and_over_two_rows() -> None:
    data = "花名册,,\n户编号,家庭成员,\n,姓名,年龄\n001,林梅,40\n".encode()
    assert rows_of(data, Reads(first_header_row=2, header_rows=2)) == [
        ("户编号", "家庭成员/姓名", "家庭成员/年龄"),
        ("001", "林梅", "40"),
    ]
    assert fault_of(data, Reads(first_header_row=9)) == ("header_row_missing", {"row": 9})


@pytest.mark.parametrize(
    ("data", "places"),
    [
        # Half a character at the end, one byte wrong in between, a Western encoding, Big5.
        (TEXT.encode()[:-2], {"line": 3, "byte": "E6"}),
        (TEXT.encode().replace(b"001", b"0\xff1"), {"line": 2, "byte": "FF"}),
        ("id,name\n1,café\n".encode("latin-1"), {"line": 2, "byte": "E9"}),
        ("編號,戶主姓名\n001,陳國強\n".encode("big5"), {"line": 1, "byte": "BD"}),
    ],
    ids=["half", "wrong", "latin", "big5"],
)
def test_text_in_no_known_encoding_says_where(data: bytes, places: dict[str, object]) -> None:
    assert fault_of(data) == ("not_utf8", places)


def test_text_that_is_not_in_the_encoding_told_says_where() -> None:
    reads = Reads(encoding="gb18030")
    # 0xFF begins no character of GB 18030.
    assert fault_of(b"id,name\n1,\xff\n", reads) == (
        "not_in_encoding",
        {"encoding": "GB18030", "line": 2, "byte": "FF"},
    )
    assert fault_of(TEXT.encode("utf-16")[:-1])[0] == "not_in_encoding"
    assert fault_of(b"\xff\xfei\0d\0\n\0\x00\xd8\n\0")[0] == "not_in_encoding"


def test_a_utf8_text_with_a_few_broken_bytes_is_not_taken_for_gb18030() -> None:
    broken = ("户编号,备注\n" + "001,本户已脱贫，生活稳定\n" * 20).encode().replace(b"\xe6", b"\xe6\xe6", 1)
    place = broken.index(b"\xe6\xe6")
    assert not is_gb18030(broken, place)
    assert fault_of(broken)[0] == "not_utf8"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><table><tr><td>id</td></tr></table></html>", "HTML"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7-Zip"),
        (b"BZh91AY&SY", "bzip2"),
        (b'[{"id": 1}]', "JSON"),
        (b'{\n  "id": 1}', "JSON"),
    ],
)
def test_a_file_that_is_no_table_is_told_by_what_it_is(data: bytes, form: str) -> None:
    assert fault_of(data) == ("other_form", {"form": form})


def test_a_header_with_brackets_is_no_markup() -> None:
    assert rows_of("<编号>,[n]\n1,2\n".encode()) == [("<编号>", "[n]"), ("1", "2")]
    assert rows_of(b"[id],{n}\n1,2\n") == [("[id]", "{n}"), ("1", "2")]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_an_old_workbook_and_a_locked_one_are_told_apart() -> None:
    assert fault_of(OLE) == ("old_workbook", {})
    assert fault_of(OLE + "EncryptedPackage".encode("utf-16-le")) == ("encrypted_file", {})


def test_an_archive_through_standard_input_is_told_to_be_unpacked_first() -> None:
    assert fault_of(archive({"police.Household.csv": TEXT})) == ("archive_not_opened", {})
    assert fault_of(archive({"mimetype": "x"})) == ("old_workbook", {})
    assert rows_of(gzip.compress(workbook({"Sheet1": [["id"], ["1"]]}))) == [("id",), ("1",)]


def test_the_same_content_has_the_same_hash_packed_or_not() -> None:
    assert content_of(TEXT.encode()).file_hash == content_of(gzip.compress(TEXT.encode())).file_hash
    assert content_of(TEXT.encode()).file_hash != content_of(TEXT.encode("gbk")).file_hash


@pytest.mark.parametrize("wrong", [b"\xff", b"\xe6\xa2", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x80"])
def test_what_is_no_utf8_is_found_in_a_text_of_any_length(wrong: bytes) -> None:
    # Half a character, a surrogate, an overlong form, beyond Unicode, a byte that continues nothing.
    text = b"id,note\n" + (b"1," + b"plum " * 200 + b"\n") * 2_000 + b"2,x" + wrong + b"x\n"
    told = fault_of(text)
    assert told == ("not_utf8", {"line": 2_002, "byte": f"{wrong[0]:02X}"})
