"""A CSV file opens in a spreadsheet as what it says, and `plumline load` reads the same texts again."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tables.table import Cell, Kind
from analysis.tables.table_csv import table_csv
from graph_schema import formula_guard
from graph_schema.formula_guard import guarded
from graph_schema.messages import Label, Language
from tests.analysis.tables.sheets import DANGEROUS, csv_rows, loaded, table, unguarded

FORMULA_SIGNS = "=+-@＝＋－＠\t\r\n"


def cells(kind: Kind, *values: Cell, language: Language = "en") -> list[str]:
    return [row[0] for row in csv_rows(table_csv(table(kind, *values), language))[1:]]


def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    data = table_csv(table("text", "诏安青梅"), "zh")
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(data) == [["名称"], ["诏安青梅"]]


def test_no_text_begins_as_a_formula_does() -> None:
    written = cells("text", *DANGEROUS)
    assert [text for text in written if text[:1] and text[0] in FORMULA_SIGNS] == []
    # An apostrophe before it, nothing else; texts that are no formula stay as they are.
    assert written[:4] == ["'" + text for text in DANGEROUS[:4]]
    assert written[8:11] == ["''", "it's", "<script>alert(1)</script>"]


def test_a_header_is_guarded_too() -> None:
    assert csv_rows(table_csv(table("text", header="=1+1"), "en")) == [["'=1+1"]]


def test_loading_takes_away_exactly_the_apostrophe_that_was_put_there() -> None:
    (_, *rows) = loaded(table_csv(table("text", *DANGEROUS), "en"))
    assert unguarded([row[0] for row in rows]) == list(DANGEROUS)


def is_number(text: str) -> bool:
    return text[-1] in "0123456789." and math.isfinite(float(text))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("=+-@'＝\t\r\n a1梅\u202e."), max_size=6))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded([guarded(text)]) == [text]
    assert formula_guard.unguarded(guarded(text)) == text
    written = guarded(text)
    # Only a number may still begin with a sign.
    assert written[:1] == "" or written[0] not in FORMULA_SIGNS or is_number(written)


def test_numbers_stay_numbers_also_negative_ones() -> None:
    assert cells("whole", -5, 1_000_000) == ["-5", "1000000"]
    assert cells("number", -0.5, 1400.0, 0.1, None) == ["-0.5", "1400", "0.1", ""]
    assert cells("year", 1970) == ["1970"]


def test_money_is_in_yuan_with_two_decimals() -> None:
    assert cells("yuan", 210, -5, 51_200_000) == ["2.10", "-0.05", "512000.00"]


def test_days_are_in_iso_form() -> None:
    assert cells("day", date(2026, 5, 20), None) == ["2026-05-20", ""]
    assert cells("instant", datetime(2026, 5, 20, 3, 4, 5, 6, tzinfo=UTC)) == ["2026-05-20T03:04:05+00:00"]


@pytest.mark.parametrize(("language", "words"), [("en", ["yes", "no", ""]), ("zh", ["是", "否", ""])])
def test_flags_are_words_of_the_language(language: Language, words: list[str]) -> None:
    assert cells("flag", True, False, None, language=language) == words


def test_a_word_is_in_the_language_of_the_table() -> None:
    assert cells("text", Label(en="green plum", zh="青梅"), language="zh") == ["青梅"]
