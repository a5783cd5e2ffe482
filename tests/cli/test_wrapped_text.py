"""Lines that fit the terminal, broken as people break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cli.wrapped_text import CLOSING, wrapped

TEXTS = st.text(alphabet="ab 1,.%中文年（）。，、：—→", max_size=60)


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert wrapped("  two  words", 20) == ["  two  words"]


def test_without_a_width_nothing_is_broken() -> None:
    assert wrapped("word " * 100, None) == ["word " * 100]


def test_words_are_broken_at_spaces_and_hang() -> None:
    assert wrapped("one two three four", 9, hanging="  ") == ["one two", "  three", "  four"]


def test_a_number_in_chinese_text_stays_whole() -> None:
    # Nine wide characters are eighteen cells; the number would begin in cell 19.
    assert wrapped("近十二个月自付医疗26,000元", 22) == ["近十二个月自付医疗", "26,000元"]


def test_chinese_punctuation_never_begins_a_line() -> None:
    assert wrapped("中文中文，中文", 8) == ["中文中", "文，中文"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert wrapped("中文中（文）", 8) == ["中文中", "（文）"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrapped("abcdefgh", 3) == ["abc", "def", "gh"]


@given(TEXTS, st.integers(min_value=8, max_value=30))
def test_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrapped(text, width, hanging="  "))


@given(TEXTS, st.integers(min_value=8, max_value=30))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


@pytest.mark.parametrize("mark", list(CLOSING))
def test_every_closing_mark_stays_with_its_character(mark: str) -> None:
    assert wrapped(f"中文中{mark}", 6) == ["中文", f"中{mark}"]
