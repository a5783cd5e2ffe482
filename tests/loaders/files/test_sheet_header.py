from __future__ import annotations

import pytest

from loaders.files.reads import Reads
from tests.loaders.files.small_workbook import Cell, workbook
from tests.loaders.files.tables import fault_of, rows_of, table_of


def header_of(rows: list[list[Cell]], *merged: str) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the line of the first row below them."""
    raw = table_of(workbook({"Household": rows}, merged=merged))
    return raw.columns, int(raw.lines[0])


def test_titles_above_the_header_are_no_part_of_it() -> None:
    rows: list[list[Cell]] = [
        ["诏安县2026年脱贫户花名册"],
        ["填报单位：官陂镇", None, None, "单位：元"],
        ["户编号", "户主姓名", "人口", "收入"],
        ["001", "林梅", 3, 100],
    ]
    assert header_of(rows, "A1:D1") == (("户编号", "户主姓名", "人口", "收入"), 4)


def test_a_header_of_two_rows_is_joined_under_its_merged_cells() -> None:
    rows: list[list[Cell]] = [
        ["户编号", "家庭成员", None, "住址"],
        [None, "姓名", "年龄", None],
        ["001", "林梅", 40, "官陂"],
    ]
    assert header_of(rows, "A1:A2", "B1:C1", "D1:D2") == (("户编号", "家庭成员/姓名", "家庭成员/年龄", "住址"), 3)


def test_merged_cells_sideways_alone_are_enough_where_only_their_columns_are_named_below() -> None:
    rows: list[list[Cell]] = [["户编号", "家庭成员", None], [None, "姓名", "年龄"], ["001", "林梅", 40]]
    assert header_of(rows, "B1:C1") == (("户编号", "家庭成员/姓名", "家庭成员/年龄"), 3)


def test_a_header_may_have_three_rows() -> None:
    rows: list[list[Cell]] = [
        ["户编号", "收入", None, None],
        [None, "工资", None, "转移"],
        [None, "本地", "外出", None],
        ["001", 1, 2, 3],
    ]
    found = header_of(rows, "A1:A3", "B1:D1", "B2:C2", "D2:D3")
    assert found == (("户编号", "收入/工资/本地", "收入/工资/外出", "收入/转移"), 4)


def test_a_name_on_two_lines_of_one_cell_is_one_name() -> None:
    rows: list[list[Cell]] = [["户主\n姓名", "name of\nhead"], ["林梅", "Lin"]]
    assert header_of(rows) == (("户主姓名", "name of head"), 2)


def test_the_first_row_of_a_plain_sheet_is_its_header() -> None:
    assert header_of([["id"], ["1"]]) == (("id",), 2)
    assert header_of([["id", "n"], ["1", None], ["2", 3]]) == (("id", "n"), 2)


def test_what_the_mapping_tells_wins() -> None:
    rows: list[list[Cell]] = [["a", "b"], ["c", "d"], ["e", "f"], ["1", "2"]]
    data = workbook({"Household": rows})
    assert rows_of(data, Reads(first_header_row=2, header_rows=2)) == [("c/e", "d/f"), ("1", "2")]
    assert fault_of(data, Reads(first_header_row=9)) == ("header_row_missing", {"row": 9})


def test_a_cell_merged_over_several_rows_counts_in_each_of_them() -> None:
    rows: list[list[Cell]] = [
        ["户编号", "姓名", "关系"],
        ["001", "林梅", "户主"],
        [None, "林强", "子女"],
        [None, "林小", "子女"],
        ["002", "陈明", "户主"],
    ]
    found = rows_of(workbook({"Household": rows}, merged=("A2:A4",)))
    assert [row[0] for row in found[1:]] == ["001", "001", "001", "002"]


@pytest.mark.parametrize(
    ("header", "code", "places"),
    [
        (["id", None, "n"], "header_name_missing", {"number": 2}),
        (["id", "n", "id"], "header_name_twice", {"column": "id"}),
        (["id", "a\0"], "workbook_faulty", {}),
    ],
)
def test_a_header_that_does_not_name_its_columns_is_refused(
    header: list[Cell], code: str, places: dict[str, object]
) -> None:
    assert fault_of(workbook({"Household": [header, ["1", "2", "3"]]})) == (code, places)


def test_a_sheet_of_nothing_is_told() -> None:
    assert fault_of(workbook({"Household": [], "Person": []}), Reads(sheets=("Household",)))[0] == "empty_file"
