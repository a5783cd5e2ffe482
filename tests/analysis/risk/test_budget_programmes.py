"""Programmes for all or none: by hand, and against all choices."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk.budget_programmes import Programme, ProgrammePlan, programme_plan, programmes_of_measures
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Flags
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasures
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.small_area import ENGINE, MEASURES, THREE, found, measured

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(programmes: list[Programme], yuan: int, **changed: object) -> ProgrammePlan:
    shape = (len(THREE), len(MEASURES))
    flags = {"given": np.zeros(shape, dtype=np.bool_), "prerequisites": np.full(shape, MET, dtype=np.int8), **changed}
    return programme_plan(ENGINE, found(THREE), MEASURES, programmes, yuan * 100, **flags)  # type: ignore[arg-type]


def chosen(plan: ProgrammePlan) -> list[str]:
    return [each.code for each in plan.programmes if each.is_chosen]


def test_programmes_of_single_measures_by_hand() -> None:
    # M1 for the two households with A: 0.3 + 0.18 for 600 yuan. M2 for the two with B: 0.2 + 0.1 for 200 yuan.
    # Both: 0.3 + 0.2 + 0.34 = 0.84 for 800 yuan, so that beside M2, M1 adds 0.54, and beside M1, M2 0.36.
    programmes = list(programmes_of_measures(MEASURES))
    plan = planned(programmes, 700)
    assert chosen(plan) == ["M1"]
    assert (plan.spent_fen, plan.is_best, plan.gap) == (60_000, True, 0.0)
    assert (plan.returns_before, plan.prevented) == pytest.approx((1.6, 0.48))
    assert [each.households for each in plan.programmes] == [2, 2]
    assert [each.alone for each in plan.programmes] == pytest.approx([0.48, 0.3])
    assert [each.adds for each in plan.programmes] == pytest.approx([0.48, 0.36])
    both = planned(programmes, 800)
    assert both.prevented == pytest.approx(0.84)
    assert [each.adds for each in both.programmes] == pytest.approx([0.54, 0.36])


def test_a_fixed_cost_is_paid_once_and_a_programme_brings_all_its_measures() -> None:
    plan = planned([Programme("P", (0, 1), 50_000, 10_000)], 800)
    (total,) = plan.programmes
    assert (total.households, total.cost_fen) == (3, 80_000)
    assert plan.prevented == pytest.approx(0.84)
    assert chosen(planned([Programme("P", (0, 1), 50_001, 10_000)], 800)) == []


def test_who_does_not_meet_a_prerequisite_is_not_reached_and_who_may_is_counted() -> None:
    prerequisites = np.array([[NOT_MET, MET], [MET, UNKNOWN], [MET, UNKNOWN]], dtype=np.int8)
    first, second = planned(list(programmes_of_measures(MEASURES)), 1000, prerequisites=prerequisites).programmes
    assert (first.households, first.unknown_count) == (1, 0)
    assert (second.households, second.unknown_count) == (2, 2)


def test_an_area_without_households_runs_nothing() -> None:
    nobody = np.zeros((0, 2), dtype=np.int8)
    plan = programme_plan(
        ENGINE,
        found([]),
        MEASURES,
        programmes_of_measures(MEASURES),
        100,
        given=nobody.astype(np.bool_),
        prerequisites=nobody,
    )
    assert (plan.spent_fen, plan.returns_before, plan.bound, plan.gap, chosen(plan)) == (0, 0.0, 0.0, 0.0, [])


@pytest.mark.parametrize(
    ("programmes", "yuan", "code"),
    [
        ([Programme("P", (0,), 0, 1)], -1, "budget_below_zero"),
        ([Programme("P", (), 0, 1)], 1, "budget_wrong_programme"),
        ([Programme("P", (0, 0), 0, 1)], 1, "budget_wrong_programme"),
        ([Programme("P", (2,), 0, 1)], 1, "budget_wrong_programme"),
        ([Programme("P", (0,), -1, 1)], 1, "budget_wrong_programme"),
        ([Programme("P", (0,), 0, -1)], 1, "budget_wrong_programme"),
        ([Programme("P", (0,), 0, 1), Programme("P", (1,), 0, 1)], 1, "budget_programme_twice"),
    ],
)
def test_what_cannot_be_weighed_is_said(programmes: list[Programme], yuan: int, code: str) -> None:
    with pytest.raises(QuestionError) as raised:
        planned(programmes, yuan)
    assert raised.value.code == code


def best_of_choices(
    engine: RiskEngine, drawn: Drawn, measures: RiskMeasures, programmes: list[Programme], budget: int
) -> float:
    """What the best of all choices prevents; every household counts as reached, whether it helps it or not."""
    findings, best = drawn.findings, 0.0
    before = engine.risk(findings)

    def with_choice(flags: tuple[bool, ...]) -> Flags:
        plans = np.zeros((len(drawn.rows), len(measures)), dtype=np.bool_)
        for programme, is_chosen in zip(programmes, flags, strict=True):
            if is_chosen:
                plans[:, list(programme.measures)] = True
        return plans

    for flags in product((False, True), repeat=len(programmes)):
        cost = sum(each.fixed_fen for each, is_chosen in zip(programmes, flags, strict=True) if is_chosen)
        if cost <= budget:
            best = max(best, float((before - engine.risk_with(findings, measures, with_choice(flags))).sum()))
    return best


@few
@given(cases(most_nodes=6, most_households=4), st.data(), st.integers(0, 12))
def test_every_choice_weighed_is_the_best_and_a_greedy_one_lies_between_it_and_none(
    drawn: Drawn, data: st.DataObject, budget: int
) -> None:
    measures = data.draw(measured(drawn, most_measures=5))
    # Only fixed costs, so that what a choice costs does not hang on whom it reaches.
    programmes = [Programme(code, (place,), 1 + place % 4, 0) for place, code in enumerate(measures.code_of)]
    engine, shape = RiskEngine(drawn.network), (len(drawn.rows), len(measures))
    plans = []
    # All choices weighed; greedy, its bound from pairs of programmes; greedy, its bound from single ones.
    for most_weighed, most_pairs in ((10, 0), (0, 1000), (0, 0)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("analysis.risk.budget_choice._MOST_PAIRS", most_pairs)
            plans.append(
                programme_plan(
                    engine,
                    drawn.findings,
                    measures,
                    programmes,
                    budget,
                    given=np.zeros(shape, dtype=np.bool_),
                    prerequisites=np.full(shape, MET, dtype=np.int8),
                    most_weighed=most_weighed,
                )
            )
    best = best_of_choices(engine, drawn, measures, programmes, budget)
    assert plans[0].is_best
    assert plans[0].prevented == pytest.approx(best, abs=1e-9)
    assert plans[1].prevented <= best + 1e-9
    assert best <= min(plans[1].bound, plans[2].bound) + 1e-9
    alone = max((each.alone for each in plans[1].programmes if each.cost_fen <= budget), default=0.0)
    assert plans[1].prevented >= alone - 1e-9
    for plan in plans:
        assert plan.spent_fen == sum(each.cost_fen for each in plan.programmes if each.is_chosen) <= budget
        assert 0.0 <= plan.gap <= 1.0
