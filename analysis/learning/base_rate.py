"""What became of the households of which nothing was found: the base rate of the area."""

from __future__ import annotations

from analysis.errors import QuestionError
from analysis.learning.outcomes import CAME, NOT_LOOKED_INTO, Outcomes
from analysis.learning.report import BaseRate, LearningRules
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Cells
from analysis.risk.network import RiskNetwork


def base_rate_of(
    network: RiskNetwork, outcomes: Outcomes, cells: Cells, target: str | None, rules: LearningRules
) -> BaseRate | None:
    """Return the base rate of the target, None where the network has no single last state and none is named.

    Counted are households without a confirmed or suspected finding or a running measure, whose target is known.
    `cells`: of the findings.
    Raises QuestionError for a target that is unknown or that nothing leads to.
    """
    code = target if target is not None else network.default_target
    if code is None:
        return None
    place = network.node_position(code)
    if network.nodes[place].is_state is False:
        raise QuestionError("learning_target_no_state", cause=code)
    counted = outcomes.outcome[:, place] != NOT_LOOKED_INTO
    counted[cells.household[~cells.is_closed]] = False
    if outcomes.running is not None:
        counted &= ~outcomes.running.any(axis=1)
    households = int(counted.sum())
    came = int((outcomes.outcome[counted, place] == CAME).sum())
    low, high = 0.0, 1.0
    if households:
        # Read here, for it takes as long as the rest of a short command, and learning alone needs it.
        from scipy.stats import binomtest

        interval = binomtest(came, households).proportion_ci(rules.level, method="exact")
        low, high = float(interval.low), float(interval.high)
    return BaseRate(
        target=code,
        households=households,
        came=came,
        share=came / households if households else None,
        low=low,
        high=high,
        expert=RiskEngine(network).leak_risk(code),
    )
