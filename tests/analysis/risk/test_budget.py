"""The measures that lower the expected returns of an area most under a budget, by hand and against all plans."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk.alike import alike_households
from analysis.risk.budget import BudgetPlan, budget_plan
from analysis.risk.budget_limits import most_lowered
from analysis.risk.budget_options import measures_that_can_matter
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import cells_of
from analysis.risk.measures import MET, NOT_MET, UNKNOWN
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.small_area import ENGINE, MEASURES, NETWORK, THREE, found, measured

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(causes: list[list[str]], yuan: int, most: int, **changed: object) -> BudgetPlan:
    shape = (len(causes), len(MEASURES))
    flags = {"given": np.zeros(shape, dtype=np.bool_), "prerequisites": np.full(shape, MET, dtype=np.int8), **changed}
    return budget_plan(ENGINE, found(causes), MEASURES, yuan * 100, most=most, **flags)  # type: ignore[arg-type]


def codes(plan: BudgetPlan) -> list[str]:
    return [" ".join(MEASURES.code_of[place] for place in plan.sets[number]) for number in plan.chosen]


def test_one_measure_each_by_hand() -> None:
    # M1 takes 0.3 from the first for 300 yuan; M2 takes 0.2 from the second and 0.1 from the third for 100 yuan each.
    # The next step would be from M2 to M1 at the third: 0.18 - 0.10 for 200 yuan more, 4 in 10,000 yuan.
    plan = planned(THREE, 500, 1)
    assert plan.risk_before == pytest.approx([0.5, 0.4, 0.7])
    assert plan.risk_after == pytest.approx([0.2, 0.2, 0.6])
    assert codes(plan) == ["M1", "M2", "M2"]
    assert plan.cost_fen.tolist() == [30_000, 10_000, 10_000]
    assert plan.spent_fen == 50_000
    assert plan.gap == pytest.approx(0.0, abs=1e-12)
    assert (plan.returns_before, plan.returns_after, plan.prevented) == pytest.approx((1.6, 1.0, 0.6))
    assert plan.bound == pytest.approx(0.6)
    assert plan.value_of_next == pytest.approx(4.0)


def test_two_measures_each_by_hand() -> None:
    # Both at the third: 0.7 - (1 - 0.8 x 0.8) = 0.34 for 400 yuan. M1 adds 0.18 first, 0.24 second; M2 0.10 and 0.16.
    plan = planned(THREE, 800, 2)
    assert codes(plan) == ["M1", "M2", "M1 M2"]
    assert plan.prevented == pytest.approx(0.84)
    first, second = plan.measures
    assert (first.code, first.households, first.cost_fen) == ("M1", 2, 60_000)
    assert (second.code, second.households, second.cost_fen) == ("M2", 2, 20_000)
    assert first.prevented == pytest.approx(0.3 + 0.21)
    assert second.prevented == pytest.approx(0.2 + 0.13)
    assert plan.value_of_next == 0.0


def test_half_a_step_is_the_bound_and_the_gap_is_what_whole_sets_miss() -> None:
    # 200 yuan: M2 at the second (0.2), then half the money left at 0.001 a yuan: M2 at the third is bought whole.
    # 250 yuan buy no more, and the linear program 0.05 of the first household's 0.3.
    plan = planned(THREE, 250, 2)
    assert codes(plan) == ["", "M2", "M2"]
    assert plan.bound == pytest.approx(0.35)
    assert plan.gap == pytest.approx(0.05 / 0.35)
    assert plan.is_best


def test_a_measure_that_runs_is_counted_before_and_is_neither_paid_nor_offered() -> None:
    running = np.array([[True, False], [False, False], [True, False]])
    plan = planned(THREE, 1000, 2, given=running)
    assert plan.risk_before == pytest.approx([0.2, 0.4, 0.52])
    assert codes(plan) == ["", "M2", "M2"]
    assert plan.risk_after == pytest.approx([0.2, 0.2, 0.36])


def test_a_prerequisite_not_met_bars_and_an_unknown_one_is_counted() -> None:
    prerequisites = np.array([[NOT_MET, MET], [MET, UNKNOWN], [MET, MET]], dtype=np.int8)
    plan = planned(THREE, 1000, 1, prerequisites=prerequisites)
    assert codes(plan) == ["", "M2", "M1"]
    assert [(total.code, total.households, total.unknown_count) for total in plan.measures] == [
        ("M1", 1, 0),
        ("M2", 1, 1),
    ]


def test_of_households_alike_those_that_stand_first_are_helped() -> None:
    assert codes(planned([["B"]] * 4, 200, 1)) == ["M2", "M2", "", ""]


def test_a_budget_of_nothing_changes_nothing_and_says_what_money_would_do() -> None:
    plan = planned(THREE, 0, 2)
    assert (plan.spent_fen, plan.prevented, plan.bound, plan.gap) == (0, 0.0, 0.0, 0.0)
    assert plan.value_of_next == pytest.approx(20.0)


def test_an_area_without_households_has_an_empty_plan() -> None:
    plan = planned([], 1000, 2)
    assert (plan.returns_before, plan.returns_after, plan.bound, plan.gap, plan.spent_fen) == (0.0, 0.0, 0.0, 0.0, 0)
    assert plan.sets == ((),)
    assert plan.measures == ()


@pytest.mark.parametrize(
    ("yuan", "most", "changed", "code"),
    [
        (-1, 2, {}, "budget_below_zero"),
        (1, 0, {}, "budget_wrong_most"),
        (1, 4, {}, "budget_wrong_most"),
        (1, 2, {"given": np.zeros((3, 1), dtype=np.bool_)}, "budget_wrong_shape"),
        (1, 2, {"target": "Z9"}, "risk_unknown_code"),
        (1, 2, {"target": "A"}, "risk_target_not_reached"),
    ],
)
def test_what_cannot_be_asked_is_said(yuan: int, most: int, changed: dict[str, object], code: str) -> None:
    with pytest.raises(QuestionError) as raised:
        planned(THREE, yuan, most, **changed)
    assert raised.value.code == code


@few
@given(cases(most_nodes=6), st.data(), st.integers(1, 3), st.integers(0, 20))
def test_the_plan_is_the_best_of_all_plans_within_its_gap(
    drawn: Drawn, data: st.DataObject, most: int, budget: int
) -> None:
    measures = data.draw(measured(drawn))
    shape = (len(drawn.rows), len(measures))
    running = np.array(data.draw(st.lists(st.booleans(), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])))
    running = running.reshape(shape)
    engine, findings = RiskEngine(drawn.network), drawn.findings
    plan = budget_plan(
        engine, findings, measures, budget, most=most, given=running, prerequisites=np.full(shape, MET, dtype=np.int8)
    )
    after = running.copy()
    for household, number in enumerate(plan.chosen):
        assert not running[household, list(plan.sets[number])].any()
        assert len(plan.sets[number]) <= most
        after[household, list(plan.sets[number])] = True
    assert plan.risk_before == pytest.approx(engine.risk_with(findings, measures, running), abs=1e-9)
    assert plan.risk_after == pytest.approx(engine.risk_with(findings, measures, after), abs=1e-9)
    assert plan.spent_fen == int(((after & ~running) @ measures.cost_fen).sum()) <= budget
    assert sum(total.prevented for total in plan.measures) == pytest.approx(plan.prevented, abs=1e-9)

    best = [0.0] * (budget + 1)
    for household in range(shape[0]):
        sets = [each for size in range(most + 1) for each in combinations(range(shape[1]), size)]
        plans = np.repeat(running[[household]], len(sets), axis=0)
        for row, each in enumerate(sets):
            plans[row, list(each)] = True
        risks = engine.plan_risks(findings, measures, np.full(len(sets), household), plans)
        costs = [int(measures.cost_fen[list(each)].sum()) for each in sets]
        best = [
            max(
                best[money - cost] + float(risks[0] - risk)
                for cost, risk in zip(costs, risks, strict=True)
                if cost <= money
            )
            for money in range(budget + 1)
        ]
    assert plan.prevented <= best[budget] + 1e-9
    assert best[budget] <= plan.bound + 1e-9
    assert plan.bound * (1 - plan.gap) <= plan.prevented + 1e-9
    assert not plan.is_best or plan.prevented == pytest.approx(best[budget], abs=1e-9)


@few
@given(cases(), st.data())
def test_a_measure_that_is_said_not_to_matter_changes_no_risk(drawn: Drawn, data: st.DataObject) -> None:
    measures = data.draw(measured(drawn, most_measures=8))
    engine, findings = RiskEngine(drawn.network), drawn.findings
    target = len(drawn.network.nodes) - 1
    matters = measures_that_can_matter(drawn.network, cells_of(drawn.network, findings), measures, target)
    assert engine.risk_with(findings, measures, ~matters) == pytest.approx(engine.risk(findings), abs=1e-12)


@few
@given(cases(), st.data())
def test_beside_any_other_measures_a_measure_lowers_no_more_than_its_limit(drawn: Drawn, data: st.DataObject) -> None:
    measures = data.draw(measured(drawn, most_measures=6))
    engine, findings, shape = RiskEngine(drawn.network), drawn.findings, (len(drawn.rows), len(measures))
    limits = most_lowered(engine, findings, measures)
    beside = np.array(data.draw(st.lists(st.booleans(), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])))
    for place in range(len(measures)):
        plans = beside.reshape(shape).copy()
        plans[:, place] = False
        before = engine.risk_with(findings, measures, plans)
        plans[:, place] = True
        assert (before - engine.risk_with(findings, measures, plans) <= limits[:, place] + 1e-12).all()


@few
@given(cases(most_households=6), st.data(), st.integers(0, 20))
def test_the_order_of_the_rows_of_findings_changes_nothing(drawn: Drawn, data: st.DataObject, budget: int) -> None:
    measures, findings = data.draw(measured(drawn)), drawn.findings
    order = np.array(data.draw(st.permutations(range(len(findings.household)))), dtype=np.int64)
    mixed = replace(
        findings,
        household=findings.household[order],
        cause=findings.cause[order],
        status=findings.status[order],
        confidence=findings.confidence[order],
        severity=findings.severity[order],
    )
    shape = (len(drawn.rows), len(measures))
    plans = [
        budget_plan(
            RiskEngine(drawn.network),
            each,
            measures,
            budget,
            most=2,
            given=np.zeros(shape, dtype=np.bool_),
            prerequisites=np.full(shape, UNKNOWN, dtype=np.int8),
        )
        for each in (findings, mixed)
    ]
    assert plans[0].chosen.tolist() == plans[1].chosen.tolist()
    assert plans[0].risk_after.tolist() == plans[1].risk_after.tolist()


def test_households_are_alike_in_what_can_change_the_risk_and_in_the_flags() -> None:
    flags = np.array([[True], [True], [False], [True]])
    alike = alike_households(NETWORK, found([["A"], ["B"], ["A"], ["A"]]), 2, flags)
    assert alike.pattern.tolist() == [0, 1, 2, 0]
    assert alike.sample.tolist() == [0, 1, 2]
    assert alike.count.tolist() == [2, 1, 1]
