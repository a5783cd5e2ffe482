"""Rows put in order by Arrow stand as the frame's own sorting would put them."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.ordering import in_order

TEXTS = st.one_of(st.none(), st.text(alphabet="aAzé李\U0001f33e", max_size=2))
DAYS = st.one_of(
    st.none(), st.dates(min_value=pd.Timestamp(2020, 1, 1).date(), max_value=pd.Timestamp(2020, 1, 4).date())
)
ROWS = st.lists(st.tuples(TEXTS, DAYS, st.booleans()), max_size=12)


def frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    text, day, flag = zip(*rows, strict=True) if rows else ((), (), ())
    return pd.DataFrame(
        {
            "text": pd.Series(text, dtype="str"),
            "day": pd.Series(pd.to_datetime(pd.Series(day, dtype="object"))).astype("datetime64[s]"),
            "flag": pd.Series(flag, dtype="boolean"),
            "place": range(len(rows)),
        }
    )


@given(rows=ROWS)
@pytest.mark.parametrize("nulls", ["first", "last"])
@pytest.mark.parametrize("columns", [["text"], ["day", "text"], ["flag", "day", "text"]])
def test_rows_stand_as_a_stable_sort_of_the_frame_puts_them(
    rows: list[tuple[object, ...]], columns: list[str], nulls: Literal["first", "last"]
) -> None:
    given_rows = frame(rows)
    expected = given_rows.sort_values(columns, kind="stable", na_position=nulls, ignore_index=True)
    pd.testing.assert_frame_equal(in_order(given_rows, columns, nulls=nulls), expected)


def test_an_index_of_another_order_is_left_behind() -> None:
    rows = pd.DataFrame({"text": pd.Series(["b", "a", "c"], index=[7, 5, 6], dtype="str")})
    assert in_order(rows, ["text"]).to_dict("list") == {"text": ["a", "b", "c"]}
    assert list(in_order(rows, ["text"]).index) == [0, 1, 2]
