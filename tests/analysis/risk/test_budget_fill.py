"""Money spread over options given as numbers, against all plans there are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.risk.budget_fill import Fill, fill
from analysis.risk.budget_options import concave, unbeaten
from analysis.risk.findings import Numbers, Places

Listed = list[list[tuple[int, float]]]
some = settings(max_examples=60, deadline=None)
# Of 64 parts, which are exact, so that equal slopes and ties of cost and effect come up.
options = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 38).map(lambda each: each / 64)), max_size=5)
areas = st.lists(options.map(lambda found: [(0, 0.0), *found]), min_size=1, max_size=4)
counts = st.lists(st.integers(1, 3), min_size=4, max_size=4)


def arrays(area: Listed) -> tuple[Places, Places, Numbers]:
    pattern = np.array([number for number, found in enumerate(area) for _ in found])
    cost = np.array([cost for found in area for cost, _ in found])
    lowered = np.array([lowered for found in area for _, lowered in found])
    kept = unbeaten(pattern, cost, lowered)
    return pattern[kept], cost[kept], lowered[kept]


def filled(area: Listed, count: list[int], budget: int) -> tuple[Fill, float, int]:
    """The plan, what it lowers, and what it costs."""
    pattern, cost, lowered = arrays(area)
    plan = fill(pattern, cost, lowered, count=np.array(count[: len(area)]), budget=budget)
    given_to = np.bincount(pattern, weights=plan.households, minlength=len(area))
    assert given_to.tolist() == count[: len(area)]
    assert (plan.households >= 0).all()
    return plan, float(plan.households @ lowered), int(plan.households @ cost)


def most_of_all_plans(area: Listed, count: list[int], budget: int) -> float:
    """What the best of all plans lowers: per unit of money, household after household."""
    best = [0.0] * (budget + 1)
    for found, households in zip(area, count, strict=False):
        for _ in range(households):
            best = [
                max(best[money - cost] + lowered for cost, lowered in found if cost <= money)
                for money in range(budget + 1)
            ]
    return best[budget]


def test_money_goes_to_the_steepest_step_and_the_rest_buys_what_is_under_the_hull() -> None:
    # Per unit: 0.003 and then 0.001 at the first household, 0.002 at the second. The linear program buys the first
    # step and two thirds of the second household's; in whole sets both steps of the first household are best.
    area: Listed = [[(0, 0.0), (100, 0.3), (200, 0.4)], [(0, 0.0), (150, 0.3)]]
    plan, reached, spent = filled(area, [1, 1], 200)
    assert plan.bound == pytest.approx(0.5)
    assert reached == pytest.approx(0.4)
    assert spent == 200
    assert plan.slope == pytest.approx(0.002)
    assert plan.is_best


def test_when_all_is_paid_for_more_money_is_worth_nothing() -> None:
    plan, reached, spent = filled([[(0, 0.0), (100, 0.3), (200, 0.4)]], [3], 600)
    assert spent == 600
    assert reached == pytest.approx(1.2)
    assert plan.bound == pytest.approx(reached)
    assert plan.slope == 0.0


def test_of_steps_equally_steep_the_cheaper_comes_first() -> None:
    pattern, cost, lowered = arrays([[(0, 0.0), (4, 0.4)], [(0, 0.0), (2, 0.2)]])
    plan = fill(pattern, cost, lowered, count=np.array([1, 1]), budget=2)
    assert plan.households.tolist() == [1, 0, 0, 1]


@some
@given(areas, counts, st.integers(0, 60))
def test_no_plan_reaches_more_than_the_bound_and_the_plan_misses_no_more_than_it_says(
    area: Listed, count: list[int], budget: int
) -> None:
    plan, reached, spent = filled(area, count, budget)
    best = most_of_all_plans(area, count, budget)
    assert spent <= budget
    assert reached <= best + 1e-9
    assert best <= plan.bound + 1e-9
    if plan.is_best:
        assert reached == pytest.approx(best, abs=1e-9)


@some
@given(areas, counts, st.integers(0, 60), st.integers(0, 20))
def test_more_money_never_lowers_the_bound(area: Listed, count: list[int], budget: int, more: int) -> None:
    smaller, larger = filled(area, count, budget)[0], filled(area, count, budget + more)[0]
    assert larger.bound >= smaller.bound - 1e-9
    assert larger.bound <= smaller.bound + more * smaller.slope + 1e-9


@some
@given(areas)
def test_an_option_is_kept_where_none_lowers_as_much_for_as_little(area: Listed) -> None:
    pattern, cost, lowered = arrays(area)
    for number, found in enumerate(area):
        expected = {
            (each[0], each[1])
            for each in found
            if not any((other[0] <= each[0] and other[1] >= each[1] and other != each) for other in found)
        }
        mine = pattern == number
        assert list(zip(cost[mine].tolist(), lowered[mine].tolist(), strict=True)) == sorted(expected)


@some
@given(areas)
def test_the_corners_of_the_hull_are_what_no_mixture_of_two_others_reaches(area: Listed) -> None:
    pattern, cost, lowered = arrays(area)
    corner = concave(pattern, cost, lowered)
    for place in range(len(pattern)):
        same = [other for other in np.flatnonzero(pattern == pattern[place]).tolist() if other != place]
        reached = any(
            lowered[a] + (lowered[b] - lowered[a]) * (cost[place] - cost[a]) / (cost[b] - cost[a])
            >= lowered[place] - 1e-12
            for a, b in product(same, same)
            if cost[a] < cost[place] < cost[b]
        )
        assert corner[place] != reached
