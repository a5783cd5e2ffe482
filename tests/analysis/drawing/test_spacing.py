from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.spacing import spaced

NUMBERS = st.floats(-1000, 1000)


def test_places_far_enough_apart_stay_where_they_are_wanted() -> None:
    assert spaced([0.0, 30.0, 100.0], [10.0, 20.0]) == [0.0, 30.0, 100.0]


def test_places_that_press_on_each_other_share_the_push() -> None:
    # 0, 0, 0 at least 10 apart, as near as can be: -10, 0, 10.
    assert spaced([0.0, 0.0, 0.0], [10.0, 10.0]) == [-10.0, 0.0, 10.0]


def test_no_place_at_all_is_no_place() -> None:
    assert spaced([], []) == []


@given(st.lists(st.tuples(NUMBERS, st.floats(0, 100)), min_size=1, max_size=20))
def test_distances_are_kept_and_the_mean_does_not_move(wanted: list[tuple[float, float]]) -> None:
    places = spaced([place for place, _ in wanted], [gap for _, gap in wanted[1:]])
    assert all(
        after - before >= gap - 1e-6 for (before, after), (_, gap) in zip(pairwise(places), wanted[1:], strict=True)
    )
    # Least squares moves a group about its mean, so the sum of all pushes is nought.
    assert sum(places) == pytest.approx(sum(place for place, _ in wanted), abs=1e-6)
