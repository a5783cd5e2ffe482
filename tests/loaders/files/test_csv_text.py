from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import LoadError
from loaders.files.csv_text import BATCH_ROWS, parse_csv

CELLS = st.text(st.sampled_from('ab,"\n\r é=\0'), max_size=6)


def test_cells_stay_as_they_are() -> None:
    raw = parse_csv(b"id,name\n007, Lin \n,NA\n", file="f")
    assert raw.cells.to_pylist() == [{"id": "007", "name": " Lin "}, {"id": "", "name": "NA"}]


def test_lines_are_counted_with_the_header() -> None:
    assert parse_csv(b"id\na\nb\n", file="f").lines.tolist() == [2, 3]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert parse_csv(b"\xef\xbb\xbfid\na\n", file="f").columns == ("id",)


def test_windows_line_ends_and_a_missing_last_one_change_nothing() -> None:
    raw = parse_csv(b"id,n\r\na,1\r\nb,2", file="f")
    assert (raw.cells["n"].to_pylist(), raw.lines.tolist()) == (["1", "2"], [2, 3])


def test_a_line_break_in_a_cell_does_not_shift_the_lines_after_it() -> None:
    raw = parse_csv(b'id,note\na,"one\ntwo"\nb,x\n', file="f")
    assert raw.cells["note"].to_pylist() == ["one\ntwo", "x"]
    assert raw.lines.tolist() == [2, 4]


def test_a_line_break_in_the_header_counts_too() -> None:
    raw = parse_csv(b'id,"long\nname"\na,b\n', file="f")
    assert (raw.columns, raw.lines.tolist()) == (("id", "long\nname"), [3])


def test_blank_lines_are_no_rows_but_count_as_lines() -> None:
    raw = parse_csv(b"\nid,n\na,1\n\nb,2\n\n", file="f")
    assert (raw.row_count, raw.lines.tolist()) == (2, [3, 5])


def test_a_row_of_nothing_but_empty_cells_is_a_row() -> None:
    assert parse_csv(b"id,n\n,\na,1\n", file="f").lines.tolist() == [2, 3]


def test_rows_of_another_length_stand_apart_with_their_line() -> None:
    raw = parse_csv(b"id,n\na,1\nb\nc,3,4\nd,5\n", file="f")
    assert raw.lines.tolist() == [2, 5]
    assert [(row.line, row.expected, row.cells) for row in raw.ragged] == [(3, 2, ("b",)), (4, 2, ("c", "3", "4"))]
    assert raw.row_count == 4


def test_another_delimiter_may_be_told() -> None:
    assert parse_csv(b"id;n\na;1,5\n", file="f", delimiter=";").cells["n"].to_pylist() == ["1,5"]


def test_a_header_alone_is_a_file_without_rows() -> None:
    raw = parse_csv(b"id,n\n", file="f")
    assert (raw.columns, raw.row_count) == (("id", "n"), 0)


def test_a_cell_of_ten_megabytes_is_read() -> None:
    raw = parse_csv(b"id,n\n" + b"x" * 10_000_000 + b",1\nb,2\n", file="f")
    assert (len(raw.cells["id"][0].as_py()), raw.lines.tolist()) == (10_000_000, [2, 3])


def test_many_rows_with_line_breaks_keep_their_lines() -> None:
    rows = BATCH_ROWS + 2
    raw = parse_csv(b"id,n\n" + b'"a\nb",1\n' * rows, file="f")
    assert (raw.row_count, raw.lines[-1]) == (rows, 2 * rows)


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "empty_file", {}),
        (b"\xef\xbb\xbf\r\n\n", "empty_file", {}),
        (b"id,n\na,1\nb,\xd6\xd0\n", "not_utf8", {"line": 3, "byte": "D6"}),
        (b"\xff\xfei\0d\0", "not_utf8", {"line": 1, "byte": "FF"}),
        (b"id,n\na,\xe4\xb8", "not_utf8", {"line": 2, "byte": "E4"}),
        (b"i\0d,n\na,1\n", "nul_in_header", {}),
        (b"id,,n\na,1,2\n", "header_name_missing", {"number": 2}),
        (b"id,n,id\na,1,2\n", "header_name_twice", {"column": "id"}),
        (b'id,"n\na,1\n', "header_faulty", {}),
        (b'id,n\na,1\nb,"2\nc,3\nd,4\n', "unclosed_quote", {"line": 3}),
        (b'id,n\na,1\nb,"2\n', "unclosed_quote", {"line": 3}),
        (b'id,n\na,1\nb,"', "unclosed_quote", {"line": 3}),
    ],
)
def test_a_text_that_cannot_be_taken_apart_says_where(data: bytes, code: str, place: dict[str, object]) -> None:
    with pytest.raises(LoadError) as caught:
        parse_csv(data, file="police.Household.csv")
    assert caught.value.code == code
    assert caught.value.fields == {"file": "police.Household.csv", **place}


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8))
def test_what_was_written_is_read_again(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["x", "y"], *rows])
    raw = parse_csv(text.getvalue().encode(), file="f")
    assert [list(row.values()) for row in raw.cells.to_pylist()] == rows


@pytest.fixture
def judged_by_python() -> Callable[[str], list[tuple[int, list[str]]]]:
    """Return the rows that are not blank as Python's csv module reads them, each with the line it begins on."""

    def rows(text: str) -> list[tuple[int, list[str]]]:
        reader, found, line = csv.reader(io.StringIO(text, newline="")), [], 1
        for row in reader:
            if row:
                found.append((line, row))
            line = reader.line_num + 1
        return found

    return rows


@given(body=st.text(st.sampled_from('ab,,""\n\n\r\0é'), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_taken_apart_as_the_csv_module_does(
    body: str, judged_by_python: Callable[[str], list[tuple[int, list[str]]]]
) -> None:
    expected = judged_by_python(f"x,y\n{body}\n")
    # With a quote open, one line more becomes a part of the last row instead of a row of its own.
    if len(judged_by_python(f"x,y\n{body}\nclosing line\n")) == len(expected):
        with pytest.raises(LoadError) as caught:
            parse_csv(f"x,y\n{body}".encode(), file="f")
        assert (caught.value.code, caught.value.fields["line"]) == ("unclosed_quote", expected[-1][0])
        return
    raw = parse_csv(f"x,y\n{body}".encode(), file="f")
    found = [*zip(raw.lines.tolist(), [list(row.values()) for row in raw.cells.to_pylist()], strict=True)]
    found += [(row.line, list(row.cells)) for row in raw.ragged]
    assert sorted(found) == expected[1:]
