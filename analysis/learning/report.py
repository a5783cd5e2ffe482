"""What learning hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.errors import QuestionError


class Verdict(StrEnum):
    """What the data say of the expert's strength of a link.

    SUPPORTED: the data alone exclude that the link does not act. CONTRADICTED: the most they allow lies below the
    expert's band, whether the link acts or not. NONE: neither, no evidence. TOO_FEW: too few households with the cause.
    NOT_SEEN: enough households have the cause, none of them says anything. DEFINITION: true by definition, not learned.
    NOT_LEARNED: feedback, or slower than a year.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NONE = "none"
    TOO_FEW = "too_few"
    NOT_SEEN = "not_seen"
    DEFINITION = "definition"
    NOT_LEARNED = "not_learned"


# Verdicts with enough households: the learned strength takes the place of the expert's in a learned network.
LEARNED = frozenset({Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NONE})


@dataclass(frozen=True)
class LearningRules:
    """The conventions of learning.

    `prior_households`: imagined households per link that stand for the expert. `other_priors`: tried beside it.
    `level`: of intervals. `fewest_exposed`: households with the cause below which nothing is said. `bands`: the lower
    ends of the expert's bands weak, medium and strong, halfway between the strengths 0.2, 0.4 and 0.6.
    """

    prior_households: float = 4.0
    other_priors: tuple[float, ...] = (2.0, 4.0, 8.0)
    level: float = 0.95
    fewest_exposed: int = 20
    bands: tuple[float, ...] = (0.1, 0.3, 0.5)

    def band_low(self, strength: float) -> float:
        """Return the lower end of the band that a strength lies in; half of it where it lies below all bands."""
        return max((end for end in self.bands if end < strength), default=strength / 2)


@dataclass(frozen=True)
class LinkReport:
    """One link.

    `expert`: its strength before. `strength`, `low`, `high`: with the imagined households; `data_strength`, `data_low`,
    `data_high`: of the data alone, None where nothing is said. `data_share`: share of the information that the data
    brought, 0 to 1. `exposed`: households with the cause confirmed at the start; `used`: those in the likelihood;
    `used_came`: those of them to whom the effect came; `dropped`: the others by reason. `p_value`: of the hypothesis
    that the link does not act; `adjusted_p_value`: the same by Holm for all links tested. `by_prior`: the strength for
    each prior weight tried.
    """

    link_id: str
    from_code: str
    to_code: str
    expert: float
    band_low: float
    verdict: Verdict
    exposed: int = 0
    used: int = 0
    used_came: int = 0
    dropped: Mapping[str, int] | None = None
    strength: float | None = None
    low: float | None = None
    high: float | None = None
    data_strength: float | None = None
    data_low: float | None = None
    data_high: float | None = None
    data_share: float = 0.0
    p_value: float | None = None
    adjusted_p_value: float | None = None
    by_prior: Mapping[float, float] | None = None

    @property
    def is_learned(self) -> bool:
        """Return whether the learned strength takes the place of the expert's."""
        return self.verdict in LEARNED


@dataclass(frozen=True)
class EffectReport:
    """One cause or state that links lead to.

    `households`: in its likelihood; `came`: to whom it came; `left_out`: the others of the area, by reason. `leak`,
    `leak_low`, `leak_high`: the chance that it comes though no cause before it is active, None without households.
    `closed_known`, `closed_came`: refuted at the start and followed up, and come all the same.
    """

    code: str
    households: int
    came: int
    left_out: Mapping[str, int]
    leak: float | None
    leak_low: float | None
    leak_high: float | None
    closed_known: int
    closed_came: int


@dataclass(frozen=True)
class BaseRate:
    """What came of the households with nothing found and no help: how many were followed up, how many returned.

    `low`, `high`: exact (Clopper-Pearson) interval of `share`. `expert`: the base rate that the network stands for.
    """

    target: str
    households: int
    came: int
    share: float | None
    low: float
    high: float
    expert: float


@dataclass(frozen=True)
class CalibrationBin:
    """Households of like predicted chance: the mean of it, and the share to whom the effect came."""

    households: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class HeldOut:
    """How well each half of the households is predicted from the other.

    `learned_loss`, `expert_loss`: mean log loss in nats per household and effect; `gain`: expert less learned, above 0
    where learning predicts better; `gain_error`: its standard error. The expert's strengths too get the leaks of the
    half learned from, so that strengths alone are compared. `bins`: calibration of the learned prediction by decile.
    """

    predictions: int
    learned_loss: float
    expert_loss: float
    gain: float
    gain_error: float
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True)
class LearningReport:
    """Everything learned. `residual`: the largest slope left at a least point, per household; at most 1e-10 is asked.

    `base_rate` is None where the network has no single last state, `held_out` where nothing can be predicted.
    """

    households: int
    rules: LearningRules
    links: tuple[LinkReport, ...]
    effects: tuple[EffectReport, ...]
    base_rate: BaseRate | None
    held_out: HeldOut | None
    residual: float

    @property
    def is_empty(self) -> bool:
        """Return whether no household said anything of any link."""
        return not any(effect.households for effect in self.effects)

    @property
    def tested(self) -> tuple[LinkReport, ...]:
        """Return the links that had enough households to be judged."""
        return tuple(link for link in self.links if link.is_learned)

    @property
    def supported_by_chance(self) -> float:
        """Return how many of the links tested would be called supported if none acted: half of 1 - level of each."""
        return len(self.tested) * (1.0 - self.rules.level) / 2.0

    def link(self, link_id: str) -> LinkReport:
        """Return the report of one link. Raises QuestionError when there is none."""
        for link in self.links:
            if link.link_id == link_id:
                return link
        raise QuestionError("learning_unknown_link", link=link_id)
