"""Every area lies in one place; the town of these tests has two villages, one of them with a hamlet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.places.rows import AreaRow
from analysis.places.tree import narrowest, place_of_area

TOWN, QINGMEI, HAMLET, SHIXI = "350624101", "350624101201", "350624101201-01", "350624101202"


def part(area_id: str, parent_id: str | None) -> AreaRow:
    return AreaRow(area_id=area_id, parent_id=parent_id, name=None, area_level=None)


TREE = [part(TOWN, "350624"), part(QINGMEI, TOWN), part(HAMLET, QINGMEI), part(SHIXI, TOWN)]


def test_an_area_belongs_to_the_place_directly_below_that_it_lies_in() -> None:
    assert place_of_area(TREE, TOWN) == {TOWN: TOWN, QINGMEI: QINGMEI, HAMLET: QINGMEI, SHIXI: SHIXI}


def test_an_area_that_two_feeds_put_into_two_places_belongs_to_the_first() -> None:
    assert place_of_area([*TREE, part(HAMLET, SHIXI)], TOWN)[HAMLET] == QINGMEI


def test_the_lowest_area_that_all_live_in_is_found() -> None:
    assert narrowest(TREE, TOWN, {HAMLET}) == HAMLET
    assert narrowest(TREE, TOWN, {HAMLET, QINGMEI}) == QINGMEI
    assert narrowest(TREE, TOWN, {HAMLET, SHIXI}) == TOWN
    assert narrowest(TREE, TOWN, set()) == TOWN


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_whatever_is_said_of_what_lies_where_no_area_is_counted_in_two_places(pairs: list[tuple[int, int]]) -> None:
    rows = [part(str(area), str(parent)) for area, parent in pairs]
    places = place_of_area(rows, "0")
    directly = {row["area_id"] for row in rows if row["parent_id"] == "0"}
    assert places["0"] == "0"
    assert {place for area, place in places.items() if area != "0"} <= directly
    reached, new = {"0"}, {"0"}
    while new:
        new = {row["area_id"] for row in rows if row["parent_id"] in new} - reached
        reached |= new
    assert set(places) == reached
