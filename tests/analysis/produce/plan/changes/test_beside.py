"""A program takes over what a plan before gave by its ways."""

from __future__ import annotations

from analysis.produce.plan.changes.beside import beside
from analysis.produce.plan.changes.rule_reasons import Way
from tests.analysis.produce.plan.made import made_program


def test_each_way_has_what_the_plan_before_gave_by_just_it_and_the_rest_is_left_out() -> None:
    ways = [(0, 0, -1, 10), (0, 0, 0, 9), (0, 1, -1, 10), (1, 1, 1, 10)]
    program = made_program([10, 10], [10, 10], ways, capacities=[-1, -1])
    before = {
        Way("l00", "d00", "c00"): 4,
        Way("l01", "d01", "c01"): 7,
        Way("l00", "d01", ""): 1,
        # No such way, lot, demand or cooperative any more.
        Way("l01", "d00", ""): 50,
        Way("l09", "d00", ""): 60,
        Way("l00", "d09", ""): 70,
        Way("l00", "d00", "c09"): 80,
    }
    told = beside(program, before)
    assert told.ways["before_kg"].tolist() == [0, 4, 1, 7]
    assert told.stages == ("sold", "income", "transport", "as_before")


def test_beside_an_empty_plan_and_without_ways_there_is_nothing_to_resemble() -> None:
    assert beside(made_program([5], [5], [(0, 0, -1, 10)]), {}).ways["before_kg"].tolist() == [0]
    assert beside(made_program([5], [5], []), {Way("l00", "d00", ""): 3}).ways["before_kg"].tolist() == []
