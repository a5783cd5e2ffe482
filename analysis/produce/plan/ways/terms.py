"""The numbers of policy that a program is made with, beside those of trade where each lot lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from analysis.errors import QuestionError
from policy import Policy

TENTHS, HUNDREDTHS = 10, 100


@dataclass(frozen=True)
class PlanTerms:
    """How many times the kilograms of sellers at risk count, and the fee for pooling in whole fen a kg.

    Raises QuestionError where sellers at risk would count less than others, or the fee is below nothing.
    """

    at_risk_weight: float = 1.0
    pool_fee_fen_per_kg: int = 0

    def __post_init__(self) -> None:
        if not self.at_risk_weight >= 1:
            raise QuestionError("at_risk_weight_below_one", weight=self.at_risk_weight)
        if self.pool_fee_fen_per_kg < 0:
            raise QuestionError("pool_fee_below_zero", fee=self.pool_fee_fen_per_kg)

    def weights(self) -> tuple[int, int]:
        """Return the weights of the others and of those at risk, in tenths, or in hundredths where that is not enough.

        >>> PlanTerms(at_risk_weight=1.2).weights()
        (10, 12)
        >>> PlanTerms(at_risk_weight=1.25).weights()
        (100, 125)
        """
        in_hundredths = round(self.at_risk_weight * HUNDREDTHS)
        if in_hundredths % TENTHS:
            return HUNDREDTHS, in_hundredths
        return TENTHS, in_hundredths // TENTHS


def plan_terms(policy: Policy, area_id: str | None, day: date) -> PlanTerms:
    """Return the terms of the area that plans, on a day; a part of a fen counts as one.

    One weight holds for all lots of a plan, wherever they lie: they compete for the same buyers. Raises ParameterError
    where the policy has no value, QuestionError where one makes no sense.
    """
    return PlanTerms(
        at_risk_weight=policy.number("trade.at_risk_weight", area_id=area_id, day=day),
        pool_fee_fen_per_kg=ceil(policy.number("trade.pool_fee_fen_per_kg", area_id=area_id, day=day)),
    )
