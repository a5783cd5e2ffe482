"""Two plans side by side, and who gets a second help while another gets none: sums and cases by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.rules import Floor, Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.compare import compare, compared, cost_of_rules
from analysis.assistance.plan.why.second_helps import second_helps
from analysis.assistance.plan.why.standing import coverage
from tests.analysis.assistance.plan.made import Chain, made_program, random_program

SECONDS = 20.0


def test_what_one_gains_and_another_loses_is_told_by_household_village_tier_and_cause() -> None:
    # Two needs of one household in one village, one need in another; the second plan moves 3 fen.
    program = made_program(
        [(2, 5, 10), (1, 3, 10), (1, 3, 10)],
        [30],
        [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1), (2, 0, -1, -1, 2, 1)],
        households=[0, 0, 1],
        villages=[0, 0, 1],
    )
    found = compare(program, np.array([4, 5, 0]), np.array([6, 1, 3]))
    sums = ["before_fen", "after_fen", "gained_fen", "lost_fen"]
    assert found.by_household[["household_id", *sums]].values.tolist() == [["h00", 9, 7, 2, 4], ["h01", 0, 3, 3, 0]]
    counts = [*sums, "gained_count", "lost_count"]
    assert found.by_village[["village_id", *counts]].values.tolist() == [
        ["v00", 9, 7, 2, 4, 0, 1],
        ["v01", 0, 3, 3, 0, 1, 0],
    ]
    assert found.by_tier[["tier", *counts]].values.tolist() == [[5, 4, 6, 2, 0, 1, 0], [3, 5, 4, 3, 4, 1, 1]]
    assert found.by_cause[["cause_id", *counts]].values.tolist() == [["illness", 9, 10, 5, 4, 1, 1]]
    # Weighted: 2 x 4 + 5 = 13 before, 2 x 6 + 1 + 3 = 16 after; paid 9, then 6 + 1 + 2 x 3.
    assert (found.weighted_before, found.weighted_after, found.weighted_gain) == (13, 16, 3)
    assert (found.cost_before, found.cost_after) == (9, 13)


def test_a_need_that_only_one_of_two_days_knows_counts_as_nothing_on_the_other() -> None:
    program = made_program([(1, 3, 10), (1, 3, 10)], [30], [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1)])
    both = coverage(program, np.array([4, 5]))
    found = compared(both.iloc[[0]], both.iloc[[1]], costs=(4, 5))
    assert found.needs[["need_id", "before_fen", "after_fen"]].values.tolist() == [["n00", 4, 0], ["n01", 0, 5]]


def test_a_floor_costs_what_the_village_gains_less_than_others_lose_by_weight() -> None:
    needs = [(4, 5, 10), (1, 3, 10)]
    chains: list[Chain] = [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1)]
    free = made_program(needs, [10], chains, villages=[0, 1])
    bound = made_program(needs, [10], chains, villages=[0, 1], rules=Rules(floors=(Floor("v01", 4),)))
    plans = [solve(program, seconds=SECONDS) for program in (bound, free)]
    found = cost_of_rules(bound, *plans)
    assert found.weighted_gain == -4 * 4 + 4
    assert found.by_village[["gained_fen", "lost_fen"]].values.tolist() == [[0, 4], [4, 0]]


@pytest.mark.parametrize(
    ("second", "other", "why"),
    [
        # weight, tier and fen of the need; the chains of both cost 4 fen and cover 4 unless said.
        (((2, 3, 4), 4), ((1, 3, 4), 4), "covers_more"),
        (((1, 4, 4), 4), ((1, 3, 4), 4), "worse_off"),
        (((1, 3, 4), 2), ((1, 3, 4), 4), "costs_less"),
        (((1, 3, 4), 4), ((1, 3, 4), 4), "no_better"),
        (((1, 3, 4), 4), ((2, 3, 4), 4), "better_elsewhere"),
    ],
)
def test_a_second_help_stands_beside_whom_it_could_have_reached_instead(
    second: tuple[tuple[int, int, int], int], other: tuple[tuple[int, int, int], int], why: str
) -> None:
    chains: list[Chain] = [
        (0, 0, -1, -1, 4, 4),
        (1, 0, -1, -1, second[1], second[0][2]),
        (2, 0, -1, -1, other[1], other[0][2]),
    ]
    program = made_program([(9, 5, 4), second[0], other[0]], [8], chains, households=[0, 0, 1])
    found = second_helps(program, np.array([1, 1, 0]), most_programmes=1)
    assert found[["household_id", "chain", "other_household_id", "other_chain", "why"]].values.tolist() == [
        ["h00", 1, "h01", 2, why]
    ]
    weight, fen = second[0][0], second[0][2]
    assert found["worth"].tolist() == [weight * fen]
    assert found["per_yuan"].tolist() == [weight * fen * 100 / second[1]]


def test_whom_the_same_money_would_not_reach_is_not_held_against_the_second_help() -> None:
    # The other costs more than the help and the rest of the money together, or has help already.
    chains: list[Chain] = [(0, 0, -1, -1, 4, 4), (1, 0, -1, -1, 4, 4), (2, 0, -1, -1, 6, 4)]
    program = made_program([(9, 5, 4), (1, 3, 4), (1, 3, 4)], [9], chains, households=[0, 0, 1])
    assert second_helps(program, np.array([1, 1, 0]), most_programmes=1).empty
    plenty = made_program([(9, 5, 4), (1, 3, 4), (1, 3, 4)], [99], chains, households=[0, 0, 1])
    assert second_helps(plenty, np.array([1, 1, 1]), most_programmes=1).empty


def test_the_best_plan_gives_no_second_help_where_the_other_would_have_counted_more() -> None:
    seen = 0
    for seed in range(16):
        program = random_program(seed, size=6, with_measures=bool(seed % 2))
        plan = solve(program, seconds=SECONDS, most_programmes=2)
        found = second_helps(program, plan.units, most_programmes=2)
        assert "better_elsewhere" not in set(found["why"]), seed
        seen += len(found)
        come_first = second_helps(program, greedy_units(program, most_programmes=2), most_programmes=2)
        assert isinstance(come_first, pd.DataFrame)
    assert seen > 0
