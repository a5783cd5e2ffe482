"""How well one half of the households is predicted from the other: log loss against the expert's, and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.learning.likelihood import Likelihood, minimised
from analysis.learning.outcomes import HALVES
from analysis.learning.priors import start_of, with_prior
from analysis.learning.report import CalibrationBin, HeldOut, LearningRules
from analysis.learning.rows import EffectRows
from analysis.risk.findings import Numbers
from analysis.risk.network import RiskNetwork

_BINS = 10


@dataclass(frozen=True)
class _Predicted:
    """Rows of one half, predicted from the other."""

    learned: Numbers
    expert: Numbers
    came: Numbers
    stayed_away: Numbers


def held_out_of(network: RiskNetwork, rows: Sequence[EffectRows], rules: LearningRules) -> HeldOut | None:
    """Return the comparison over all effects, None where one half has no household of any effect."""
    parts = [
        part
        for each in rows
        for half in range(HALVES)
        if (part := _predicted(network, each, half, rules.prior_households)) is not None
    ]
    if not parts:
        return None
    learned, expert, came, stayed_away = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("learned", "expert", "came", "stayed_away")
    )
    count = float(came.sum() + stayed_away.sum())
    learned_came, learned_away = -np.log(learned), -np.log1p(-learned)
    expert_came, expert_away = -np.log(expert), -np.log1p(-expert)
    gain_came, gain_away = expert_came - learned_came, expert_away - learned_away
    gain = float(came @ gain_came + stayed_away @ gain_away) / count
    squares = float(came @ (gain_came - gain) ** 2 + stayed_away @ (gain_away - gain) ** 2)
    return HeldOut(
        predictions=int(count),
        learned_loss=float(came @ learned_came + stayed_away @ learned_away) / count,
        expert_loss=float(came @ expert_came + stayed_away @ expert_away) / count,
        gain=gain,
        gain_error=float(np.sqrt(squares) / count),
        bins=_bins(learned, came, came + stayed_away),
    )


def _predicted(network: RiskNetwork, rows: EffectRows, half: int, prior_households: float) -> _Predicted | None:
    other, held = rows.likelihood(1 - half), rows.likelihood(half)
    taught, asked = float((other.came + other.stayed_away).sum()), held.came + held.stayed_away
    if not taught or not asked.any():
        return None
    start = start_of(network, rows)
    fit = minimised(with_prior(other, network, rows.links, prior_households), start)
    only_leak = np.arange(len(start)) == 0
    expert = minimised(other, start, only_leak)
    # What never happened in the other half is not impossible: half a case in one household more.
    least = 0.5 / (taught + 1.0)
    kept = asked > 0
    return _Predicted(
        learned=_chances(held, fit.parameters, least)[kept],
        expert=_chances(held, expert.parameters, least)[kept],
        came=held.came[kept],
        stayed_away=held.stayed_away[kept],
    )


def _chances(likelihood: Likelihood, parameters: Numbers, least: float) -> Numbers:
    chances: Numbers = np.clip(-np.expm1(-likelihood.exponent @ parameters), least, 1.0 - least)
    return chances


def _bins(predicted: Numbers, came: Numbers, households: Numbers) -> tuple[CalibrationBin, ...]:
    """Return bins of about a tenth of the households; equal predictions stay in one bin."""
    order = np.argsort(predicted, kind="stable")
    predicted, came, households = predicted[order], came[order], households[order]
    middle = np.cumsum(households) - households / 2
    tenth = np.minimum((middle / households.sum() * _BINS).astype(np.int64), _BINS - 1)
    starts = np.flatnonzero(np.diff(predicted, prepend=-1.0) != 0)
    tenth = np.repeat(tenth[starts], np.diff(starts, append=len(predicted)))
    return tuple(
        CalibrationBin(
            households=int(households[chosen].sum()),
            predicted=float(predicted[chosen] @ households[chosen] / households[chosen].sum()),
            observed=float(came[chosen].sum() / households[chosen].sum()),
        )
        for number in range(_BINS)
        if (chosen := tenth == number).any()
    )
