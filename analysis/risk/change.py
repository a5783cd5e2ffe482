"""Why a risk changed since an earlier day: the difference, split exactly into what changed.

    then = RiskMoment(network_of_march, "vocabulary-1", score.parts)
    change = change_of(then, RiskMoment(network, "vocabulary-1", parts), counts_help=measures)
    change.now - change.then            # equals the sum of the parts

Each part is a Shapley value: what a change adds, averaged over all orders in which the changes could have happened. So
no order has to be chosen, what changed nothing gets 0, and the parts sum to the difference. Source: Shapley (1953), "A
value for n-person games". Decision page: docs/decisions/0019.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from analysis.risk.attribution import MOST_PLAYERS
from analysis.risk.change_coalitions import Coalitions, can_matter
from analysis.risk.change_states import OF_NETWORK, Change, RiskMoment, changes_between, checked_moments
from analysis.risk.findings import Numbers
from analysis.risk.measures import RiskMeasures


@dataclass(frozen=True)
class ChangePart:
    """What some changes together did to the risk: `share`, positive where they raised it. One change in most cases."""

    changes: tuple[Change, ...]
    share: float


@dataclass(frozen=True)
class RiskChange:
    """The risk then and now and what made the difference.

    The shares of `parts` sum to `now` - `then`; the largest share, up or down, comes first. `is_grouped`: there were
    too many changes to tell each apart, so some parts hold several. `then_version`, `now_version`: of the networks.
    """

    then: float
    now: float
    then_version: str
    now_version: str
    parts: tuple[ChangePart, ...]
    is_grouped: bool


def change_of(
    then: RiskMoment,
    now: RiskMoment,
    *,
    target: str | None = None,
    counts_help: RiskMeasures | None = None,
    by_policy: Collection[str] = (),
) -> RiskChange:
    """Return why the risk of a household changed between two moments.

    `counts_help`: with the measures of the vocabulary, the risk is that with the help that runs, and help that came or
    ended is among the changes; None = the risk if nothing is done, which help does not touch. `by_policy` as in
    `changes_between`. Up to MOST_PLAYERS changes are told apart; above that those of the network are one part, and if
    that is not enough, those of each other kind too. Changed strengths that nothing at the household can set off are
    left out: they add nothing.
    Raises QuestionError where a finding, rule, measure or target is not known.
    """
    checked_moments(then, now)
    changes = [
        change
        for change in changes_between(then, now, by_policy=by_policy)
        if change.kind != "help" or counts_help is not None
    ]
    coalitions = Coalitions(then, now, target, counts_help)
    groups = _groups([change for change in changes if can_matter(change, then, now)])
    risks = coalitions.risks(groups)
    shares = risks @ _weights(len(groups)) if groups else np.zeros(0)
    parts = [ChangePart(group, share) for group, share in zip(groups, shares.tolist(), strict=True)]
    parts.sort(key=lambda part: (-abs(part.share), part.changes[0].kind, part.changes[0].what))
    return RiskChange(
        then=float(risks[0]),
        now=float(risks[-1]),
        then_version=then.version,
        now_version=now.version,
        parts=tuple(parts),
        is_grouped=any(len(group) > 1 for group in groups),
    )


def _groups(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """Return the changes as players: each alone, or, where there are too many, those of one kind as one."""
    if len(changes) <= MOST_PLAYERS:
        return [(change,) for change in changes]
    of_network = tuple(change for change in changes if change.kind in OF_NETWORK)
    others = [change for change in changes if change.kind not in OF_NETWORK]
    groups = [of_network] if of_network else []
    if len(others) + len(groups) <= MOST_PLAYERS:
        return [*((change,) for change in others), *groups]
    by_kind: dict[tuple[str, str], list[Change]] = {}
    for change in others:
        by_kind.setdefault((change.kind, change.how), []).append(change)
    return [*(tuple(some) for some in by_kind.values()), *groups]


def _weights(count: int) -> Numbers:
    """Return the weights w of shape (sets, groups): the Shapley value of a group is risks @ w."""
    sets = np.arange(2**count)
    sizes = np.array([int(one).bit_count() for one in sets])
    joining = np.array([factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)])
    weights = np.zeros((len(sets), count))
    for place in range(count):
        takes_part = (sets >> place & 1).astype(np.bool_)
        weights[takes_part, place] = joining[sizes[takes_part] - 1]
        weights[~takes_part, place] = -joining[sizes[~takes_part]]
    return weights
