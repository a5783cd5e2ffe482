"""Rules that cannot hold: a smallest set of them is named, in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import QuestionError
from analysis.produce.plan.batches.feasible import smallest_contradiction
from analysis.produce.plan.batches.solve import solve_batches
from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Floor, Forbidden, Locked, Reserved, Rules
from analysis.produce.plan.solve import solve
from tests.analysis.produce.plan.batches.enumerated import best_values, drawn_program, drawn_rules
from tests.analysis.produce.plan.made import made_program

AMPLE = 30.0


def two_buyers(rules: Rules) -> Program:
    """One lot of 10 kg, two buyers of 8 kg, the second in batches of 4 kg."""
    return made_program([10], [8, 8], [(0, 0, -1, 50), (0, 1, -1, 60)], batches=[0, 4], rules=rules)


def named(program: Program) -> Rules:
    return smallest_contradiction(program, seconds=AMPLE)


def test_the_named_rules_cannot_hold_together_and_any_one_of_them_could_be_left_out() -> None:
    found_count = 0
    for seed in range(2000, 2040):
        program = drawn_program(seed, with_rules=False)
        program = replace(program, rules=drawn_rules(program, np.random.default_rng(seed)))
        found = named(program)
        assert found.is_empty == (best_values(program) is not None), seed
        if found.is_empty:
            continue
        found_count += 1
        assert best_values(replace(program, rules=found)) is None
        for left_out in range(len(found.all)):
            rest = Rules.of(rule for place, rule in enumerate(found.all) if place != left_out)
            assert best_values(replace(program, rules=rest)) is not None
    assert found_count > 0


def test_rules_that_can_hold_are_named_by_nothing() -> None:
    # 7 and 3 kg: the second buyer needs 4, so 6 and 4 it is; both rules hold.
    rules = Rules(locked=(Locked("l00", "d00", 6), Locked("l00", "d01", 1)))
    assert named(two_buyers(rules)) == Rules()
    assert solve_batches(two_buyers(rules), seconds=AMPLE).kg.tolist() == [6, 4]


def test_a_smallest_batch_makes_two_locks_contradict_each_other() -> None:
    # 7 kg here leave 3, and 1 kg there means a batch of 4.
    locks = (Locked("l00", "d00", 7), Locked("l00", "d01", 1))
    rules = Rules(locked=locks, reserved=(Reserved("e01", 1), Reserved("e00", 2)))
    found = named(two_buyers(rules))
    assert locks[0] in found.locked
    assert len(found.all) == 2


def test_a_pair_both_locked_and_forbidden_is_named_and_nothing_else() -> None:
    lock, ban = Locked("l00", "d00", 1), Forbidden("l00", "d00")
    rules = Rules(locked=(Locked("l00", "d01", 4), lock), forbidden=(ban, Forbidden("l00", "d09")))
    assert named(two_buyers(rules)) == Rules(locked=(lock,), forbidden=(ban,))


def test_a_floor_above_the_capacity_is_named_alone() -> None:
    floor = Floor("c00", 6)
    program = made_program([10], [10], [(0, 0, 0, 50)], capacities=[5], rules=Rules(floors=(floor,)))
    with pytest.raises(QuestionError) as raised:
        solve_batches(program, seconds=AMPLE)
    assert raised.value.code == "produce_rule_impossible"
    assert "at least 6 kg sold for cooperative c00" in raised.value.text("en")
    assert "合作社 c00 至少售出 6 公斤" in raised.value.text("zh")


def test_where_nothing_can_be_sold_at_all_a_rule_that_asks_for_something_is_named() -> None:
    program = made_program([10], [10], [], rules=Rules(locked=(Locked("l00", "d00", 1),)))
    with pytest.raises(QuestionError) as raised:
        solve(program, seconds=AMPLE)
    assert raised.value.code == "produce_rule_impossible"


def test_rules_that_contradict_each_other_are_told_in_both_languages() -> None:
    rules = Rules(locked=(Locked("l00", "d00", 1),), forbidden=(Forbidden("l00", "d00"),))
    with pytest.raises(QuestionError) as raised:
        solve_batches(two_buyers(rules), seconds=AMPLE)
    assert raised.value.what("en") == (
        "These rules cannot hold together: locked: at least 1 kg of lot l00 to demand d00; "
        "forbidden: lot l00 to demand d00."
    )
    assert raised.value.what("zh") == (
        "以下规则不能同时成立：锁定：批次 l00 至少 1 公斤给需求 d00；禁止：批次 l00 给需求 d00。"
    )


def test_a_lot_that_is_not_there_cannot_be_locked_but_may_be_forbidden() -> None:
    assert named(two_buyers(Rules(locked=(Locked("gone", "d00", 1),)))).locked == (Locked("gone", "d00", 1),)
    assert solve_batches(two_buyers(Rules(forbidden=(Forbidden("gone", "d00"),))), seconds=AMPLE).kg.sum() == 10
