from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.page import Page, cut_page


def test_a_page_holds_whole_households() -> None:
    frame = pd.DataFrame({"household_id": ["h2", "h1", "h1", "h3"], "cause_id": ["a", "b", "c", "d"]})
    cut = cut_page(frame, "household_id", Page(limit=1))
    assert cut.rows["cause_id"].tolist() == ["b", "c"]
    assert (cut.total, cut.next_after) == (4, "h1")


def test_the_last_page_says_that_it_is_the_last() -> None:
    frame = pd.DataFrame({"household_id": ["h1", "h2"]})
    cut = cut_page(frame, "household_id", Page(limit=2))
    assert cut.next_after is None


def test_a_page_after_a_key_begins_behind_it_even_if_that_key_is_gone() -> None:
    frame = pd.DataFrame({"household_id": ["h1", "h3"]})
    cut = cut_page(frame, "household_id", Page(limit=5, after="h2"))
    assert cut.rows["household_id"].tolist() == ["h3"]


def test_a_page_of_nothing_is_refused() -> None:
    with pytest.raises(QuestionError) as caught:
        Page(limit=0)
    assert caught.value.code == "limit_too_small"


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefg")), st.integers(min_value=1, max_value=4))
def test_the_pages_one_after_the_other_hold_every_row_once(keys: list[str], limit: int) -> None:
    frame = pd.DataFrame({"key": pd.Series(keys, dtype="object"), "row": range(len(keys))})
    seen: list[int] = []
    after: str | None = None
    while True:
        cut = cut_page(frame, "key", Page(limit=limit, after=after))
        seen += cut.rows["row"].tolist()
        after = cut.next_after
        if after is None:
            break
    assert sorted(seen) == list(range(len(keys)))
