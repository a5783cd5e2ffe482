"""Tables that fit the terminal; Chinese characters are two cells wide."""

from __future__ import annotations

from rich.cells import cell_len

from cli.table_text import Column, Row, table_lines

COLUMNS = (Column("name"), Column("count", is_number=True))


def test_words_stand_on_the_left_and_numbers_on_the_right() -> None:
    assert table_lines(COLUMNS, [Row(("plum", "7")), Row(("green plum", "1,234"))], None) == [
        "  name        count",
        "  plum            7",
        "  green plum  1,234",
    ]


def test_a_wide_character_counts_as_two_cells() -> None:
    assert table_lines(COLUMNS, [Row(("青梅", "7")), Row(("ab", "8"))], None) == [
        "  name  count",
        "  青梅      7",
        "  ab        8",
    ]


def test_no_line_ends_in_spaces() -> None:
    lines = table_lines((Column("a"), Column("b")), [Row(("x", "")), Row(("y", "long"))], None)
    assert [line.rstrip() for line in lines] == lines


def test_a_table_that_is_too_wide_gives_way_in_its_widest_column_of_words() -> None:
    row = Row(("a name of several words", "1,234"))
    # Two gaps of two cells and five for the number leave 16 of 25 for the words.
    assert table_lines(COLUMNS, [row], 25) == [
        "  name              count",
        "  a name of         1,234",
        "  several words",
    ]


def test_a_column_of_numbers_is_never_broken() -> None:
    lines = table_lines(COLUMNS, [Row(("a name of several words", "1,234,567,890"))], 30)
    assert any(line.endswith("1,234,567,890") for line in lines)


def test_the_table_fits_the_terminal() -> None:
    row = Row(("词" * 30, "词" * 30, "3"))
    lines = table_lines((Column("a"), Column("b"), Column("c", is_number=True)), [row], 60)
    assert max(map(cell_len, lines)) <= 60


def test_sentences_below_a_row_are_indented_and_hang() -> None:
    lines = table_lines(COLUMNS, [Row(("plum", "7"), ("a sentence about it",))], 18)
    assert lines[2:] == ["    a sentence", "      about it"]
