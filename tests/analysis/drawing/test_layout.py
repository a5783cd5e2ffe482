from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.layout import Box, layered, layers

BOX = Box()
# Links from a lower to a higher number have no circle.
LINKS = st.sets(
    st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda pair: pair[0] < pair[1]), max_size=60
).map(lambda pairs: sorted((f"n{start:02d}", f"n{end:02d}") for start, end in pairs))
IDS = [f"n{number:02d}" for number in range(30)]


def test_a_box_stands_as_far_right_as_the_longest_way_to_it() -> None:
    # a -> b -> d and a -> d: d is two steps away.
    assert layers(["a", "b", "d"], [("a", "b"), ("b", "d"), ("a", "d")]) == {"a": 0, "b": 1, "d": 2}


def test_a_box_that_nothing_leads_to_stands_just_before_what_it_leads_to() -> None:
    assert layers(["a", "b", "c", "z"], [("a", "b"), ("b", "c"), ("z", "c")]) == {"a": 0, "b": 1, "c": 2, "z": 1}


def test_links_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        layered(["a", "b"], [("a", "b"), ("b", "a")], box=BOX)


def test_crossing_links_are_uncrossed() -> None:
    # a -> y and b -> x cross in the order of the names: x and y change places.
    placed = layered(["a", "b", "x", "y"], [("a", "y"), ("b", "x")], box=BOX)
    assert (placed.centres["a"][1] < placed.centres["b"][1]) == (placed.centres["y"][1] < placed.centres["x"][1])


def test_a_chain_is_drawn_as_a_straight_line() -> None:
    placed = layered(["a", "b", "c"], [("a", "b"), ("b", "c")], box=BOX)
    assert {down for _, down in placed.centres.values()} == {BOX.height / 2}


def test_boxes_without_links_stand_below_and_stretch_nothing() -> None:
    linked = layered(["a", "b"], [("a", "b")], box=BOX)
    placed = layered(["a", "b", "x", "y", "z"], [("a", "b")], box=BOX)
    assert {name: placed.centres[name] for name in ("a", "b")} == linked.centres
    lowest = max(down for _, down in linked.centres.values())
    assert all(placed.centres[name][1] > lowest for name in ("x", "y", "z"))
    assert placed.width <= 3 * BOX.width + 2 * BOX.gap_across


def test_a_link_to_an_unknown_box_is_left_out() -> None:
    assert layered(["a"], [("a", "b")], box=BOX).bends == {}


def test_an_empty_drawing_has_no_boxes() -> None:
    assert layered([], [], box=BOX).centres == {}


@given(LINKS)
@settings(deadline=None)
def test_no_box_covers_another(links: list[tuple[str, str]]) -> None:
    placed = layered(IDS, links, box=BOX)
    assert set(placed.centres) == set(IDS)
    assert all(
        abs(one[0] - other[0]) >= BOX.width or abs(one[1] - other[1]) >= BOX.height
        for one, other in combinations(placed.centres.values(), 2)
    )


@given(LINKS)
@settings(deadline=None)
def test_every_link_runs_to_the_right_through_one_place_in_each_layer_between(links: list[tuple[str, str]]) -> None:
    placed = layered(IDS, links, box=BOX)
    for start, end in links:
        ways = [placed.centres[start], *placed.bends[start, end], placed.centres[end]]
        steps = {round(after[0] - before[0], 6) for before, after in pairwise(ways)}
        assert steps == {BOX.width + BOX.gap_across}


@given(LINKS)
@settings(deadline=None)
def test_a_link_bends_in_free_places_only(links: list[tuple[str, str]]) -> None:
    placed = layered(IDS, links, box=BOX)
    joined = {name for pair in links for name in pair}
    boxes = [placed.centres[name] for name in joined]
    assert all(
        abs(across - x) > BOX.width / 2 or abs(down - y) >= (BOX.height + BOX.thread) / 2
        for bends in placed.bends.values()
        for across, down in bends
        for x, y in boxes
    )


@given(LINKS)
@settings(deadline=None)
def test_the_order_of_the_input_changes_nothing(links: list[tuple[str, str]]) -> None:
    ids, shuffled = list(reversed(IDS)), list(reversed(links))
    assert layered(ids, shuffled, box=BOX) == layered(IDS, links, box=BOX)


@given(LINKS)
@settings(deadline=None)
def test_everything_stands_within_the_size_of_the_drawing(links: list[tuple[str, str]]) -> None:
    placed = layered(IDS, links, box=BOX)
    assert all(
        BOX.width / 2 - 1e-6 <= across <= placed.width - BOX.width / 2 + 1e-6
        and BOX.height / 2 - 1e-6 <= down <= placed.height - BOX.height / 2 + 1e-6
        for across, down in placed.centres.values()
    )
