from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from loaders.files.reads import Reads
from tests.loaders.files.small_workbook import MAIN, Rows, Xml, formatted, shared_texts, sheet_xml, workbook
from tests.loaders.files.tables import content_of, fault_of, rows_of, table_of


def values(*cells: str | float | Xml, formats: tuple[str, ...] = (), is_1904: bool = False) -> list[str]:
    """Return what is read of cells that stand below one another."""
    rows: Rows = [["value"], *([cell] for cell in cells)]
    data = workbook({"Household": rows}, formats=formats, is_1904=is_1904)
    return [row[0] for row in rows_of(data)[1:]]


def test_a_workbook_of_a_library_is_read_as_it_was_written() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Household")
        sheet.write_row(0, 0, ["id", "head_name", "member_count", "arable_mu", "poverty_exit_on"])
        day, zeros = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "000000"})
        sheet.write_string(1, 0, "000123")
        sheet.write_number(2, 0, 123, zeros)
        sheet.write_string(1, 1, "林 <梅> & “陈”\n二")
        sheet.write_rich_string(2, 1, "吴", book.add_format({"bold": True}), "小妹")
        sheet.write_row(1, 2, [3, 2.5])
        sheet.write_datetime(1, 4, datetime(2020, 12, 31), day)
        sheet.write_formula(2, 2, "=1+3", None, 4)
        sheet.write_boolean(2, 3, True)
    assert rows_of(content.getvalue()) == [
        ("id", "head_name", "member_count", "arable_mu", "poverty_exit_on"),
        ("000123", "林 <梅> & “陈”\n二", "3", "2.5", "2020-12-31"),
        ("000123", "吴小妹", "4", "yes", ""),
    ]


def test_texts_of_numbers_keep_zeros_and_long_register_numbers() -> None:
    assert values("007", "350624105203000701") == ["007", "350624105203000701"]


def test_a_format_of_zeros_gives_the_zeros_back() -> None:
    formats = ("000000", '"A-"0000', "0")
    assert values(formatted(123, 1), formatted(7, 2), formatted(123, 3), formats=formats) == ["000123", "A-0007", "123"]


def test_a_number_is_written_as_a_spreadsheet_shows_it() -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in the file; a spreadsheet keeps 15 digits.
    assert values(0.1 + 0.2, 1e21 / 1e9, 0.00001, 3.0, -2.5) == ["0.3", "1000000000000", "0.00001", "3", "-2.5"]


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "m/d/yy", "mmm-yy", "[DBNum1]d"]
)
def test_a_number_with_the_format_of_a_day_is_a_day(code: str) -> None:
    # Counted by Python: day 1 is 1900-01-01, and from March 1900 on one is counted too many.
    number = (date(2026, 4, 20) - date(1899, 12, 31)).days + 1
    assert values(formatted(number, 1), formats=(code,)) == ["2026-04-20"]


def test_days_before_march_1900_are_counted_without_the_day_that_never_was() -> None:
    found = values(*(formatted(number, 1) for number in (1, 59, 60, 61)), formats=("yyyy-mm-dd",))
    assert found == ["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01"]


def test_a_workbook_may_count_days_from_1904() -> None:
    number = (date(2026, 4, 20) - date(1904, 1, 1)).days
    assert values(formatted(number, 1), formatted(0, 1), formats=("yyyy-mm-dd",), is_1904=True) == [
        "2026-04-20",
        "1904-01-01",
    ]


def test_a_day_with_a_time_keeps_it_and_a_time_alone_is_one() -> None:
    formats = ("yyyy-mm-dd hh:mm", "h:mm:ss", "0.0%")
    found = values(formatted(46132.354166666664, 1), formatted(0.75, 2), formatted(0.125, 3), formats=formats)
    assert found == ["2026-04-20T08:30:00", "18:00:00", "12.5%"]


def test_formats_without_a_code_are_those_of_chinese_spreadsheets() -> None:
    # 14 is the short day of every Excel, 31 and 57 are days and 32 a time in Chinese ones (ECMA-376, 18.8.30).
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>' + "".join(
        f'<xf numFmtId="{number}"/>' for number in (14, 31, 57, 32)
    )
    cells = [formatted(46132, 1), formatted(46132, 2), formatted(46132, 3), formatted(0.5, 4)]
    data = workbook(
        {"Household": [["a", "b", "c", "d"], cells]}, parts={"xl/styles.xml": styles + "</cellXfs></styleSheet>"}
    )
    assert rows_of(data)[1] == ("2026-04-20", "2026-04-20", "2026-04-20", "12:00:00")


def test_shared_texts_are_read_without_what_tells_their_reading_aloud() -> None:
    shared = shared_texts(
        "<t>林</t>", "<r><t>吴</t></r><r><rPr/><t>小妹</t></r><rPh><t>wu</t></rPh>", "<t>a_x000D_b</t>"
    )
    cells = [[Xml(f'<c r="{{place}}" t="s"><v>{number}</v></c>')] for number in range(3)]
    assert [row[0] for row in rows_of(workbook({"Household": [["name"], *cells]}, parts=shared))[1:]] == [
        "林",
        "吴小妹",
        "a\rb",
    ]


FORMULA = Xml('<c r="{place}"><f>B2*2</f></c>')
EMPTY_RESULT = Xml('<c r="{place}" t="str"><f>IF(1,"")</f><v></v></c>')
ERROR = Xml('<c r="{place}" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
LONG = Xml('<c r="{place}"><v>3.50624105203001E+17</v></c>')


def test_a_row_with_a_cell_that_does_not_tell_its_value_stands_apart() -> None:
    sheet: Rows = [["id", "n"], ["1", FORMULA], ["2", ERROR], ["3", LONG], ["4", 5]]
    raw = table_of(workbook({"Household": sheet}))
    assert raw.cells.to_pylist() == [{"id": "4", "n": "5"}]
    assert [(row.line, row.code, row.column, row.value) for row in raw.ragged] == [
        (2, "formula_without_value", "n", "=B2*2"),
        (3, "spreadsheet_error", "n", "#DIV/0!"),
        (4, "shortened_number", "n", "3.50624105203001E+17"),
    ]
    assert raw.row_count == 4


def test_in_a_column_that_nobody_reads_it_does_no_harm() -> None:
    raw = table_of(workbook({"Household": [["id", "合计"], ["1", FORMULA], ["2", ERROR]]}), needed=("id",))
    assert raw.cells["id"].to_pylist() == ["1", "2"]
    assert raw.ragged == ()


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    assert table_of(workbook({"Household": [["id", "n"], ["1", EMPTY_RESULT]]})).cells.to_pylist() == [
        {"id": "1", "n": ""}
    ]


def test_a_cell_to_the_right_of_the_header_is_not_dropped_and_a_blank_one_is_nothing() -> None:
    raw = table_of(workbook({"Household": [["id", "n"], ["1", 3, "note"], ["2", 4, "  "]]}))
    assert [(row.line, row.code, row.value, row.cells) for row in raw.ragged] == [
        (2, "cell_beyond_header", "note", ("1", "3", "note"))
    ]
    assert raw.cells["id"].to_pylist() == ["2"]


def test_lines_are_the_numbers_of_the_rows_of_the_sheet() -> None:
    raw = table_of(workbook({"Household": [["2026年农户花名册"], [], ["id", "n"], ["1", 2], [], ["2", 3]]}))
    assert (raw.columns, raw.lines.tolist()) == (("id", "n"), [4, 6])


def test_sheets_are_taken_by_name_and_hidden_ones_and_notes_are_not() -> None:
    data = workbook({"Notes": [["how to"]], "draft": [["id"], ["9"]], "Sheet1": [["id"], ["1"]]}, hidden=("draft",))
    assert rows_of(data) == [("id",), ("1",)]
    assert rows_of(data, Reads(sheets=("draft",))) == [("id",), ("9",)]
    assert fault_of(data, Reads(sheets=("gone",))) == (
        "no_such_sheet",
        {"sheet": "gone", "known": "Notes, draft, Sheet1"},
    )
    two = workbook({"a": [["id"]], "b": [["id"]], "c": []})
    assert fault_of(two) == ("which_sheet", {"known": "a, b"})
    assert fault_of(workbook({"a": []})) == ("no_sheet_with_rows", {})


def test_the_sheets_of_one_workbook_are_different_contents() -> None:
    data = workbook({"a": [["id"], ["1"]], "b": [["id"], ["1"]]})
    hashes = {content_of(data, sheet=sheet).file_hash for sheet in ("a", "b")}
    assert len(hashes) == 2


BOMB = f'<!DOCTYPE worksheet [<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * 1000}">]>'
SHEET = sheet_xml([["id"], ["1"]])


@pytest.mark.parametrize(
    "part",
    [
        SHEET.replace("<worksheet", BOMB + "<worksheet"),
        # A long comment before it, and another encoding of it, do not hide it.
        SHEET.replace("<worksheet", f"<!--{' ' * (2 << 20)}-->{BOMB}<worksheet"),
        SHEET.replace("<worksheet", BOMB + "<worksheet").encode("utf-16"),
        SHEET.replace("<worksheet", BOMB + "<worksheet").encode("utf-16-le"),
        SHEET.replace("UTF-8", "cp037"),
        SHEET[: len(SHEET) // 2],
        SHEET.replace("</sheetData>", '<row r="2"/></sheetData>'),
        SHEET.replace('r="A2"', 'r="ZZZ2"'),
        SHEET.replace('<c r="A2"', '<c r="A2"/><c r="A2"'),
        sheet_xml([["id"], [Xml('<c r="A2" t="s"><v>7</v></c>')]]),
        sheet_xml([["id"], [Xml('<c r="A2"><v>many</v></c>')]]),
        SHEET.replace('<row r="2">', '<row r="2">' + "<c/>" * 20_000),
    ],
    ids=lambda part: None,
)
def test_a_sheet_that_no_spreadsheet_writes_is_refused(part: str | bytes) -> None:
    assert fault_of(workbook({"Household": ""}, parts={"xl/worksheets/sheet1.xml": part})) == ("workbook_faulty", {})


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml"])
def test_a_workbook_with_a_broken_part_is_refused(name: str) -> None:
    data = workbook({"Household": [["id"], [formatted(1, 1)]]}, formats=("0000",), parts={name: "<no"})
    assert fault_of(data)[0] in ("workbook_faulty", "old_workbook")


def test_a_row_without_end_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.files.workbook.MAX_ELEMENTS", 50)
    wide = workbook({"Household": [["id"], ["1"] + [None] * 5]})
    assert rows_of(wide) == [("id",), ("1",)]
    assert fault_of(workbook({"Household": [["id"], ["1"] * 30]})) == ("workbook_faulty", {})


def test_many_rows_are_read_with_only_one_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.files.workbook.MAX_ELEMENTS", 50)
    monkeypatch.setattr("loaders.files.sheet_table.BATCH_ROWS", 7)
    rows: Rows = [["id"], *([number] for number in range(100))]
    assert [row[0] for row in rows_of(workbook({"Household": rows}))[1:]] == [str(number) for number in range(100)]


def test_a_part_in_utf16_is_read_and_a_workbook_of_another_prefix_too() -> None:
    sheet = sheet_xml([["id"], ["陈"]])
    wide = sheet.replace("UTF-8", "UTF-16").encode("utf-16")
    assert rows_of(workbook({"a": ""}, parts={"xl/worksheets/sheet1.xml": wide})) == [("id",), ("陈",)]
    prefixed = (
        sheet.replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:")
        .replace("<worksheet", "<x:worksheet")
        .replace("<sheetData", "<x:sheetData")
        .replace("<row", "<x:row")
        .replace("<c ", "<x:c ")
        .replace("<is>", "<x:is>")
        .replace("<t ", "<x:t ")
    )
    assert rows_of(workbook({"a": prefixed})) == [("id",), ("陈",)]


def test_an_office_document_without_sheets_is_told_apart() -> None:
    data = workbook({"a": []}, parts={"xl/workbook.xml": "<w:document xmlns:w='x'/>"})
    assert fault_of(data) == ("old_workbook", {})
