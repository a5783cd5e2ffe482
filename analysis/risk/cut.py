"""The cheapest help that brings a household's risk under a level, and the next best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError
from analysis.risk.cut_household import HouseholdSteps, household_steps
from analysis.risk.cut_search import Aim, Best, cheapest
from analysis.risk.cut_start import quick_other_set, quick_set
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags
from analysis.risk.measures import NOT_MET, UNKNOWN, RiskMeasures

NotOfferedReason: TypeAlias = Literal["runs_already", "prerequisite_not_met", "changes_nothing"]
# Nearer to the level than this is at the level, and so not under it: sums are exact to 1e-9, and in practice to 1e-14.
NEAR = 1e-12


@dataclass(frozen=True)
class HouseholdOffer:
    """The measures, and for one household which run already and which prerequisites are met.

    `running`: shape (measures,). `prerequisites`: shape (measures,), 2 met, 1 unknown, 0 not met.
    """

    measures: RiskMeasures
    running: Flags
    prerequisites: npt.NDArray[np.int8]


@dataclass(frozen=True)
class CutStep:
    """One measure of a plan. `risk_without`: the risk under the plan without it. `is_unsure`: prerequisite unknown."""

    code: str
    cost_fen: int
    risk_without: float
    is_unsure: bool


@dataclass(frozen=True)
class CutPlan:
    """A set of measures beside those that run: `steps` by code, what they cost together, and the risk under them."""

    steps: tuple[CutStep, ...]
    cost_fen: int
    risk: float

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the measures, in order."""
        return tuple(step.code for step in self.steps)


@dataclass(frozen=True)
class NotOffered:
    """A measure that was not offered, and why."""

    code: str
    reason: NotOfferedReason


@dataclass(frozen=True)
class Cut:
    """The cheapest cut of one household.

    `risk`: if nothing is done; `risk_with_help`: with the measures that run, which are in every plan and cost nothing.
    `plan`: the cheapest set that brings risk under the level, without steps where the running help does; None where no
    set does, or none was found. `next_best`: the cheapest set that does and does not contain the plan; None where there
    is none. `lowest`, where all offered measures together do not (`is_reachable` False): the cheapest set with the
    lowest risk they reach. `is_exact`, `is_next_exact`: whether nothing cheaper does (for `lowest`: reaches as low);
    else the search grew too large after `looked_at` sets, and nothing that does costs less than `least_fen`, or
    `next_least_fen`.
    """

    level: float
    risk: float
    risk_with_help: float
    running: tuple[str, ...]
    offered: tuple[str, ...]
    not_offered: tuple[NotOffered, ...]
    is_reachable: bool
    plan: CutPlan | None
    next_best: CutPlan | None
    lowest: CutPlan | None
    is_exact: bool
    is_next_exact: bool
    least_fen: int
    next_least_fen: int
    looked_at: int


@dataclass(frozen=True)
class _Sought:
    """What the searches found. `best`: the plan, or the lowest where the level is not reachable."""

    is_reachable: bool
    best: Best
    other: Best


def cut_of(
    engine: RiskEngine, findings: Findings, offer: HouseholdOffer, level: float, *, target: str | None = None
) -> Cut:
    """Return the cheapest cut of one household, starting from the measures that run.

    `level`: above 0, at most 1; a risk is under it when it is below it by more than NEAR. Among equally cheap sets the
    one with fewer measures comes first, then the one with the earlier codes. Not offered are measures that run, whose
    prerequisite is not met, or that can change nothing here.
    Raises QuestionError for a wrong level, for more or fewer than one household, and as `RiskEngine.plan_risks`.
    """
    _check(findings, offer, level)
    allowed = offer.prerequisites != NOT_MET
    goal = engine.target_position(target)
    household = household_steps(engine, findings, offer.measures, offer.running, allowed, goal)
    sought = _sought(household, offer.measures, level)
    plans = [found.plan for found in (sought.best, sought.other) if found.plan is not None]
    rows = [np.zeros_like(offer.running), offer.running]
    for plan in plans:
        rows += [
            offer.running | plan,
            *(offer.running | _without(plan, place) for place in np.flatnonzero(plan).tolist()),
        ]
    household_of_row = np.zeros(len(rows), dtype=np.int64)
    risks = engine.plan_risks(findings, offer.measures, household_of_row, np.stack(rows), target).tolist()
    told = iter(risks[2:])
    best, other = (
        None if found.plan is None else _told(offer, found.plan, told) for found in (sought.best, sought.other)
    )
    return Cut(
        level=level,
        risk=risks[0],
        risk_with_help=risks[1],
        running=_codes(offer.measures, offer.running),
        offered=_codes(offer.measures, household.can_change),
        not_offered=_not_offered(offer, household.can_change),
        is_reachable=sought.is_reachable,
        plan=best if sought.is_reachable else None,
        next_best=other,
        lowest=None if sought.is_reachable else best,
        is_exact=sought.best.is_exact,
        is_next_exact=sought.other.is_exact,
        least_fen=sought.best.least_fen,
        next_least_fen=sought.other.least_fen,
        looked_at=sought.best.looked_at + sought.other.looked_at,
    )


def check_level(level: float) -> None:
    """Raise QuestionError for a level that is not above 0 and at most 1."""
    if not 0 < level <= 1:
        raise QuestionError("cut_wrong_level", value=level)


def _sought(household: HouseholdSteps, measures: RiskMeasures, level: float) -> _Sought:
    steps, offered = household.steps, household.can_change
    nothing = np.zeros_like(offered)
    none = Best(None, True, 0, 0)
    aim = Aim(1.0 - level + NEAR, measures.cost_fen, np.argsort(np.argsort(np.array(measures.code_of))))
    if steps is None:
        return _Sought(True, Best(nothing, True, 0, 0), none)
    as_it_is, most = steps.stays_away(np.stack([nothing, offered])).tolist()
    if as_it_is >= aim.stays_away:
        return _Sought(True, Best(nothing, True, 0, 0), none)
    if most < aim.stays_away:
        # Nearly all offered measures are needed for the lowest risk, so the search begins from all of them.
        least = replace(aim, stays_away=most - NEAR)
        return _Sought(False, cheapest(steps, least, offered), none)
    best = cheapest(steps, aim, quick_set(steps, aim, offered))
    if best.plan is None:
        return _Sought(True, best, Best(None, best.is_exact, best.least_fen, 0))
    apart = replace(aim, avoided=tuple(np.flatnonzero(best.plan).tolist()))
    return _Sought(True, best, cheapest(steps, apart, quick_other_set(steps, aim, offered, best.plan)))


def _told(offer: HouseholdOffer, plan: Flags, risks: Iterator[float]) -> CutPlan:
    """Return the plan with the next risks: under it, then without each of its measures."""
    measures, risk = offer.measures, next(risks)
    steps = [
        CutStep(
            code=measures.code_of[place],
            cost_fen=int(measures.cost_fen[place]),
            risk_without=next(risks),
            is_unsure=bool(offer.prerequisites[place] == UNKNOWN),
        )
        for place in np.flatnonzero(plan).tolist()
    ]
    return CutPlan(tuple(sorted(steps, key=lambda step: step.code)), sum(step.cost_fen for step in steps), risk)


def _without(plan: Flags, place: int) -> Flags:
    rest = plan.copy()
    rest[place] = False
    return rest


def _codes(measures: RiskMeasures, chosen: Flags) -> tuple[str, ...]:
    return tuple(sorted(measures.code_of[place] for place in np.flatnonzero(chosen)))


def _not_offered(offer: HouseholdOffer, offered: Flags) -> tuple[NotOffered, ...]:
    def reason(place: int) -> NotOfferedReason:
        if offer.running[place]:
            return "runs_already"
        return "prerequisite_not_met" if offer.prerequisites[place] == NOT_MET else "changes_nothing"

    told = [NotOffered(offer.measures.code_of[place], reason(place)) for place in np.flatnonzero(~offered).tolist()]
    return tuple(sorted(told, key=lambda each: each.code))


def _check(findings: Findings, offer: HouseholdOffer, level: float) -> None:
    if findings.household_count != 1:
        raise QuestionError("cut_one_household", households=findings.household_count)
    check_level(level)
    expected = (len(offer.measures),)
    for flags in (offer.running, offer.prerequisites):
        if flags.shape != expected:
            raise QuestionError("risk_measure_wrong_shape", shape=flags.shape, expected=expected)
