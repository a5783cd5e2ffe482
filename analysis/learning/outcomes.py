"""What strengths are learned from: findings at the start of a period, and what was found within the 12 months after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError
from analysis.risk.findings import Findings, Flags, Places
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork

CAME, DID_NOT_COME, NOT_LOOKED_INTO = 1, 0, -1
# One half of the households is predicted from what the other teaches.
HALVES = 2


@dataclass(frozen=True)
class Outcomes:
    """Households at the start of a period and 12 months later.

    `findings`: what was open at the start. `outcome`: shape (households, nodes), what the 12 months showed of each
    cause and state: 1 confirmed, 0 looked into and not there, -1 not looked into. `running`: shape (households,
    measures), which of `measures` ran at any time of the period; None = none did. `half`: which half of the households,
    0 or 1, each belongs to when one half is predicted from the other; None = even and odd places.
    """

    findings: Findings
    outcome: npt.NDArray[np.int8]
    measures: RiskMeasures | None = None
    running: Flags | None = None
    half: Places | None = None


def check_outcomes(network: RiskNetwork, outcomes: Outcomes) -> None:
    """Raise QuestionError where an array has the wrong shape or an outcome is none of 1, 0 and -1."""
    households = outcomes.findings.household_count
    shape = (households, len(network.nodes))
    if outcomes.outcome.shape != shape:
        raise QuestionError("learning_wrong_shape", name="outcome", shape=outcomes.outcome.shape, expected=shape)
    wrong = ~np.isin(outcomes.outcome, (CAME, DID_NOT_COME, NOT_LOOKED_INTO))
    if wrong.any():
        household, node = (int(place[0]) for place in np.nonzero(wrong))
        raise QuestionError(
            "learning_wrong_outcome",
            household=household,
            cause=network.codes[node],
            value=int(outcomes.outcome[household, node]),
        )
    if outcomes.half is not None and outcomes.half.shape != (households,):
        raise QuestionError("learning_wrong_shape", name="half", shape=outcomes.half.shape, expected=(households,))
    measures = 0 if outcomes.measures is None else len(outcomes.measures)
    if outcomes.running is None:
        return
    if outcomes.running.shape != (households, measures):
        raise QuestionError(
            "learning_wrong_shape", name="running", shape=outcomes.running.shape, expected=(households, measures)
        )
