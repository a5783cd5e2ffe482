from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.text_fit import width_of, wrapped, writable


def test_a_chinese_character_is_as_wide_as_it_is_high() -> None:
    assert width_of("返贫", 10) == 20


def test_an_english_text_breaks_between_words() -> None:
    assert wrapped("catastrophic health cost", 10, 100, 2) == ["catastrophic", "health cost"]


def test_a_chinese_text_breaks_anywhere() -> None:
    assert wrapped("灾难性医疗支出", 10, 40, 2) == ["灾难性医", "疗支出"]


def test_a_chinese_line_neither_begins_with_a_closing_mark_nor_ends_with_an_opening_one() -> None:
    # Five characters fit: the mark goes with the character beside it.
    assert wrapped("青梅合作社（虚构）", 10, 50, 2) == ["青梅合作社", "（虚构）"]
    assert wrapped("青梅加工厂、果脯厂", 10, 50, 2) == ["青梅加工", "厂、果脯厂"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrapped("灾难性医疗支出", 10, 40, 1) == ["灾难性…"]


def test_what_is_left_over_is_put_on_the_last_line_and_cut() -> None:
    # Five letters fit (27 of 32), not seven. "two three four" is left for the last line; "two t…" would need 32.4.
    assert wrapped("one two three four", 10, 32, 2) == ["one", "two…"]


def test_no_text_is_one_empty_line() -> None:
    assert wrapped("", 10, 40, 2) == [""]


@given(st.text(max_size=60), st.integers(1, 3))
def test_no_line_is_wider_than_asked_and_there_are_not_too_many(text: str, max_lines: int) -> None:
    lines = wrapped(text, 10, 60, max_lines)
    assert len(lines) <= max_lines
    assert all(width_of(line, 10) <= 60 for line in lines)


@given(st.text())
def test_any_text_can_stand_in_an_xml_file(text: str) -> None:
    element = ElementTree.Element("text")
    element.text = writable(text)
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="unicode")) is not None  # noqa: S314
