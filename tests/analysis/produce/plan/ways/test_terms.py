"""The weights and the fee of a plan."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import QuestionError
from analysis.produce.plan.ways.terms import PlanTerms, plan_terms
from policy import load_policy


def test_the_policy_weighs_sellers_at_risk_by_twelve_to_ten_and_asks_ten_fen_for_pooling() -> None:
    terms = plan_terms(load_policy(), None, date(2026, 5, 20))
    assert (terms.weights(), terms.pool_fee_fen_per_kg) == ((10, 12), 10)


@pytest.mark.parametrize(
    ("weight", "whole"), [(1.0, (10, 10)), (1.2, (10, 12)), (1.25, (100, 125)), (3.0, (10, 30)), (1.004, (10, 10))]
)
def test_weights_are_whole_numbers_true_to_a_hundredth(weight: float, whole: tuple[int, int]) -> None:
    assert PlanTerms(at_risk_weight=weight).weights() == whole


@pytest.mark.parametrize("weight", [0.99, -1.0, float("nan")])
def test_sellers_at_risk_never_count_less_than_others(weight: float) -> None:
    with pytest.raises(QuestionError, match="less than others"):
        PlanTerms(at_risk_weight=weight)


def test_a_fee_below_nothing_is_refused() -> None:
    with pytest.raises(QuestionError, match="below nothing"):
        PlanTerms(pool_fee_fen_per_kg=-1)
