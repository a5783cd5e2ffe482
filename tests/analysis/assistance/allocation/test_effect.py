"""What a plan does to risk, and where that disagrees with the need that it covers."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.assistance.allocation.build import allocation_of
from analysis.assistance.allocation.effect import RiskEffect, disagreeing, risk_effect, shares_of
from analysis.assistance.plan.solve import solve
from analysis.risk.findings import findings_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import MET
from analysis.risk.model import expert_model
from graph_schema import load_schema
from policy.help_resources import load_help_resources
from tests.analysis.assistance.allocation.county import DAY, Row, county

SCHEMA = load_schema()


def effect_of(covered: list[int], before: list[float], after: list[float]) -> RiskEffect:
    fen = np.array(covered, dtype=np.int64)
    return RiskEffect(np.array(before), np.array(after), fen, fen * 100)


def test_shares_are_of_all_that_is_covered_and_of_all_that_is_avoided() -> None:
    covered, avoided = shares_of(effect_of([300, 100, 0], [0.5, 0.4, 0.2], [0.4, 0.1, 0.2]))
    assert covered.tolist() == [0.75, 0.25, 0.0]
    assert avoided.tolist() == pytest.approx([0.25, 0.75, 0.0])


def test_who_is_covered_much_and_lowered_little_comes_first_and_the_other_way_round() -> None:
    much, little = disagreeing(effect_of([300, 100, 0, 0], [0.5, 0.4, 0.2, 0.2], [0.4, 0.1, 0.2, 0.2]))
    assert (much.tolist(), little.tolist()) == ([0], [1])


def test_a_plan_that_gives_nothing_avoids_nothing_and_disagrees_with_nobody() -> None:
    effect = effect_of([0, 0], [0.5, 0.4], [0.5, 0.4])
    assert [places.tolist() for places in disagreeing(effect)] == [[], []]


def test_risk_falls_by_what_the_cause_engine_says_of_the_measures_that_are_given() -> None:
    model = expert_model(SCHEMA)
    engine, measures = model.engine, model.measures
    found = findings_of(
        model.network,
        [[{"cause": cause, "status": "confirmed", "severity": 0.6}] for cause in ("M03", "M03", "F05")],
    )
    running = np.zeros((3, len(measures)), dtype=np.bool_)
    households = RiskHouseholds(
        ids=("h1", "h2", "h3"),
        place_of=("v1", "v1", "v1"),
        findings=found,
        running=running,
        prerequisites=np.full(running.shape, MET, dtype=np.int8),
        data_age_days=np.zeros(3, dtype=np.int64),
        is_made_up=np.ones(3, dtype=np.bool_),
    )
    # B36 is planned for h2 already, so it counts before the plan, and the plan gives it to h1 only.
    homes: list[Row] = [{"household_id": f"h{number}"} for number in (1, 2, 3)]
    frames = county(
        areas=[{"area_id": "v1", "parent_id": None}],
        households=homes,
        findings=[{**home, "cause_id": cause} for home, cause in zip(homes, ("M03", "M03", "F05"), strict=True)],
        programmes=[{"programme_id": "p1"}],
        offers=[{"programme_id": "p1", "measure_id": "B36"}],
        help=[
            {
                "household_id": "h2",
                "assistance_id": "a",
                "measure_id": "B36",
                "assistance_status": "planned",
            }
        ],
    )
    allocation = allocation_of(frames, SCHEMA, load_help_resources(SCHEMA), DAY)
    plan = solve(allocation.program, seconds=5)
    effect = risk_effect(allocation, plan.units, model, households)
    with_b36 = running.copy()
    with_b36[:, measures.place_of("B36")] = True
    without, helped = engine.risk_with(found, measures, running), engine.risk_with(found, measures, with_b36)
    assert effect.before.tolist() == pytest.approx([without[0], helped[1], without[2]])
    assert effect.after.tolist() == pytest.approx([helped[0], helped[1], without[2]])
    assert effect.avoided[0] == pytest.approx(without[0] - helped[0])
    assert effect.avoided[0] > 0
    assert effect.covered_fen.tolist() == [20_000, 0, 0]
