"""A workbook holds texts, numbers and days, and nothing that runs; read back by what loads feed files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from analysis.tables.tables_xlsx import MOST_LETTERS, tables_xlsx
from graph_schema.messages import Label
from tests.analysis.tables.sheets import DANGEROUS, loaded, parts_of, table

SHEET = "xl/worksheets/sheet1.xml"


def test_every_text_comes_back_as_it_was() -> None:
    (_, *rows) = loaded(tables_xlsx([table("text", *DANGEROUS)], "en"))
    assert [row[0] for row in rows] == list(DANGEROUS)


def test_no_cell_holds_a_formula_or_a_link() -> None:
    parts = parts_of(tables_xlsx([table("text", *DANGEROUS)], "en"))
    assert re.findall(r"<(?:\w+:)?(f|hyperlink)[ >/]", parts[SHEET]) == []
    assert [name for name, text in parts.items() if "/hyperlink" in text or "externalLink" in text] == []
    # Every cell is a text that stands in it, also after somebody has edited it.
    assert set(re.findall(r'<c [^>]*t="(\w+)"', parts[SHEET])) == {"inlineStr"}
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]


def test_numbers_and_days_stay_numbers_and_days() -> None:
    book = tables_xlsx([table("whole", -5, 1_000_000)], "en")
    assert re.findall(r"<v>(.*?)</v>", parts_of(book)[SHEET]) == ["-5", "1000000"]
    assert loaded(tables_xlsx([table("number", -0.5, 1400.0, 2)], "en"))[1:] == [("-0.5",), ("1400",), ("2",)]
    assert loaded(tables_xlsx([table("yuan", 210, -5)], "en"))[1:] == [("2.1",), ("-0.05",)]
    assert loaded(tables_xlsx([table("day", date(2026, 5, 20), date(1890, 1, 2))], "en"))[1:] == [
        ("2026-05-20",),
        ("1890-01-02",),
    ]


def test_each_table_is_a_sheet_in_the_language_with_its_header_frozen() -> None:
    first = table("flag", True)
    second = replace(table("text", Label(en="plum", zh="青梅")), label=Label(en="Others", zh="其他"))
    book = tables_xlsx([first, second], "zh")
    parts = parts_of(book)
    assert re.findall(r'<sheet name="(.*?)"', parts["xl/workbook.xml"]) == ["东西", "其他"]
    assert 'topLeftCell="A2"' in parts[SHEET]
    assert loaded(book, sheet="东西") == [("名称",), ("是",)]
    assert loaded(book, sheet="其他") == [("名称",), ("青梅",)]


def test_a_text_longer_than_a_cell_may_be_is_cut_with_a_sign() -> None:
    ((_,), (text,)) = loaded(tables_xlsx([table("text", "梅" * (MOST_LETTERS + 1))], "en"))
    assert text == "梅" * (MOST_LETTERS - 1) + "…"


def test_the_same_tables_make_the_same_bytes() -> None:
    assert tables_xlsx([table("text", "plum")], "en") == tables_xlsx([table("text", "plum")], "en")
