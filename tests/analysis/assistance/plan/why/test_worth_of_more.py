"""What more money or places bring: by hand, against every plan tried, and never more than the prices say."""

from __future__ import annotations

import pytest

from analysis.assistance.plan import solve as solving
from analysis.assistance.plan.rules import Ceiling, Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.grants import Change, granted, most_programmes_with
from analysis.assistance.plan.why.price_bound import price_slack
from analysis.assistance.plan.why.worth import MONEY_STEP, worth_of, worths
from tests.analysis.assistance.plan.made import made_program, random_program
from tests.analysis.assistance.plan.oracle import best_values, trial_count

SECONDS = 20.0
MOST_TRIALS = 3_000


def test_a_fen_is_worth_the_need_it_covers_and_a_place_nothing_while_money_is_short() -> None:
    # 10 fen for needs of 20 that weigh 3: each fen more covers one fen, so 3 weighted fen. Places are plenty.
    program = made_program([(3, 5, 20)], [10], [(0, 0, 0, -1, 1, 1)], capacities=[15])
    plan = solve(program, seconds=SECONDS)
    found = worths(program, plan)
    assert found.values.tolist() == [
        ["budget", "p00", MONEY_STEP, 3 * MONEY_STEP],
        ["enterprise", "r00", 1, 0],
    ]
    more = worth_of(program, plan, [Change("budget", "p00", 4)], seconds=SECONDS, most_programmes=3)
    assert (more.gain, more.most_gain, more.is_exact) == (12, 12, True)
    assert more.compared.by_household[["before_fen", "after_fen"]].values.tolist() == [[10, 14]]
    # The sixth fen finds no place: of 9 more, five are of use.
    assert worth_of(program, plan, [Change("budget", "p00", 9)], seconds=SECONDS, most_programmes=3).gain == 15
    both = [Change("budget", "p00", 9), Change("enterprise", "r00", 4)]
    assert worth_of(program, plan, both, seconds=SECONDS, most_programmes=3).gain == 27


def test_what_more_brings_is_what_the_best_plan_with_it_has_more() -> None:
    tried = 0
    for seed in range(20):
        program = random_program(seed, size=3, with_measures=bool(seed % 2))
        change = [Change("budget", "p00", 3), Change("programmes", "h00", 1)][: 1 + seed % 2]
        changed = granted(program, change)
        if trial_count(changed) > MOST_TRIALS or not len(program.chains):
            continue
        before = best_values(program, most_programmes=1)
        after = best_values(changed, most_programmes=most_programmes_with(1, change))
        assert before is not None
        assert after is not None
        plan = solve(program, seconds=SECONDS, most_programmes=1)
        found = worth_of(program, plan, change, seconds=SECONDS, most_programmes=1)
        assert (found.gain, found.is_exact) == (after[0] - before[0], True), seed
        tried += 1
    assert tried > 5


def test_no_step_brings_more_than_its_price_and_the_gap_of_the_plan() -> None:
    tried = 0
    for seed in range(10):
        program = random_program(seed, size=5, with_measures=True)
        plan = solve(program, seconds=SECONDS, most_programmes=2)
        for row in worths(program, plan).to_dict("records")[:3]:
            change = Change(row["kind"], row["id"], row["step"])
            found = worth_of(program, plan, [change], seconds=SECONDS, most_programmes=2)
            limit = solve(granted(program, [change]), seconds=SECONDS, most_programmes=2).stages[0].bound
            assert 0 <= found.gain <= found.most_gain == limit - plan.stages[0].value
            assert found.gain <= row["most_gain"] + price_slack(program, plan), (seed, row)
            tried += 1
    assert tried > 10


def test_without_rules_and_limits_the_slack_is_what_whole_units_fall_short_of_units_in_parts() -> None:
    # 14 fen of money, units of 5 fen: two are given, which cover 10 of 14; the rest of the money is the slack.
    program = made_program([(2, 3, 20)], [14], [(0, 0, -1, -1, 5, 5)])
    plan = solve(program, seconds=SECONDS)
    assert (plan.stages[0].value, price_slack(program, plan)) == (20, 8)


def test_a_ceiling_that_is_raised_lets_the_enterprise_help_more() -> None:
    program = made_program(
        [(2, 4, 10)],
        [99],
        [(0, 0, 0, -1, 1, 1)],
        capacities=[-1],
        rules=Rules(ceilings=(Ceiling("o00", 4), Ceiling("o00", 6))),
    )
    plan = solve(program, seconds=SECONDS)
    assert plan.stages[0].value == 8
    assert worth_of(program, plan, [Change("ceiling", "o00", 3)], seconds=SECONDS, most_programmes=3).gain == 6


def test_without_time_more_never_comes_to_less(monkeypatch: pytest.MonkeyPatch) -> None:
    # By weight alone the second need comes first and takes all the money; the best plan gives the first two units.
    program = made_program([(1, 3, 20), (4, 3, 4)], [10], [(0, 0, -1, -1, 5, 10), (1, 0, -1, -1, 10, 4)])
    plan = solve(program, seconds=SECONDS)
    assert plan.stages[0].value == 20
    monkeypatch.setattr(solving, "_SMALL_CHAINS", 0)
    assert solve(program, seconds=0.0).stages[0].value == 16
    found = worth_of(program, plan, [Change("budget", "p00", 0)], seconds=0.0, most_programmes=3)
    assert (found.gain, found.is_exact) == (0, False)
