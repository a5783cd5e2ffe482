from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.frames import Contract, frame_of, rows_of, text_in, texts_in

EVERY_TYPE: Contract = {
    "name": "text",
    "count": "whole",
    "share": "number",
    "begins_on": "day",
    "is_open": "flag",
    "codes": "texts",
}


def test_a_row_comes_back_as_it_went_in() -> None:
    row = {
        "name": "青梅",
        "count": 2**53 + 1,
        "share": 0.5,
        "begins_on": date(2026, 5, 20),
        "is_open": True,
        "codes": ("a", "b"),
    }
    assert rows_of(frame_of([row], EVERY_TYPE)) == [row]


def test_what_is_missing_stays_missing_and_a_missing_list_is_empty() -> None:
    row = {"name": None, "count": None, "share": None, "begins_on": None, "is_open": False, "codes": None}
    assert rows_of(frame_of([row], EVERY_TYPE)) == [{**row, "codes": ()}]


def test_without_rows_the_frame_still_has_its_columns_and_types() -> None:
    empty, full = frame_of([], EVERY_TYPE), frame_of([dict.fromkeys(EVERY_TYPE) | {"is_open": True}], EVERY_TYPE)
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
    assert rows_of(empty) == []


def test_a_row_without_a_column_of_the_contract_is_refused() -> None:
    with pytest.raises(KeyError, match="count"):
        frame_of([{"name": "x"}], {"name": "text", "count": "whole"})


def test_what_a_contract_does_not_name_is_left_out() -> None:
    assert list(frame_of([{"name": "x", "other": 1}], {"name": "text"}).columns) == ["name"]


def test_texts_of_a_row_are_read_as_such() -> None:
    row = {"name": "x", "codes": ("a",), "none": None}
    assert (text_in(row, "name"), text_in(row, "none")) == ("x", None)
    assert (texts_in(row, "codes"), texts_in(row, "none")) == (("a",), ())
