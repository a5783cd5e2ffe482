"""Programmes for all or none: each gives its measures to every household that can use them, or is not run at all.

Up to a few programmes all choices are gone through and the best is known. With more the choice is greedy (most returns
prevented per yuan, first) and then bettered by swapping one programme for another. Measures both replace and complete
each other, so nothing is promised for a greedy choice; what stands beside it is a bound: the linear program in which
each household may take its own programmes at its part of their costs. That is far easier than all or none, so the gap
may be 30 % and more, and says little of how good the choice is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.alike import alike_households, findings_of_some
from analysis.risk.budget import Prerequisites, check_budget, offer_of
from analysis.risk.budget_area import ProgrammeArea
from analysis.risk.budget_choice import best_of_all, can_weigh_all, greedy_and_swap, relaxed_bound
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Places
from analysis.risk.measures import NOT_MET, UNKNOWN, RiskMeasures

# So many programmes make 1,024 choices, each of which is weighed.
MOST_WEIGHED = 10


@dataclass(frozen=True)
class Programme:
    """Measures (places) given to everyone who can use them, for a fixed cost and a cost per household, in fen."""

    code: str
    measures: tuple[int, ...]
    fixed_fen: int
    household_fen: int


@dataclass(frozen=True)
class ProgrammeTotal:
    """One programme, chosen or not.

    `households`: whom it reaches, `unknown_count` of them with a prerequisite that is not known. `alone`: the returns
    it would prevent if it were the only one. `adds`: what the plan prevents with it and not without it; of a programme
    not chosen, what it would add to the plan.
    """

    code: str
    is_chosen: bool
    households: int
    unknown_count: int
    cost_fen: int
    alone: float
    adds: float


@dataclass(frozen=True)
class ProgrammePlan:
    """The programmes to run. `bound`: returns no choice prevents more than; `is_best`: no choice prevents more."""

    budget_fen: int
    spent_fen: int
    returns_before: float
    returns_after: float
    bound: float
    is_best: bool
    programmes: tuple[ProgrammeTotal, ...]

    @property
    def prevented(self) -> float:
        """Return how many returns the plan prevents."""
        return self.returns_before - self.returns_after

    @property
    def gap(self) -> float:
        """Return what the plan may miss, as a share of the bound: (bound - prevented) / bound, 0 to 1."""
        return max(0.0, self.bound - self.prevented) / self.bound if self.bound > 0 else 0.0


def programmes_of_measures(measures: RiskMeasures) -> tuple[Programme, ...]:
    """Return one programme per measure, by its code: for everyone who can use it, at its cost per household."""
    return tuple(
        Programme(code, (place,), 0, int(measures.cost_fen[place])) for place, code in enumerate(measures.code_of)
    )


def programme_plan(
    engine: RiskEngine,
    findings: Findings,
    measures: RiskMeasures,
    programmes: Sequence[Programme],
    budget_fen: int,
    *,
    given: Flags,
    prerequisites: Prerequisites,
    target: str | None = None,
    most_weighed: int = MOST_WEIGHED,
) -> ProgrammePlan:
    """Return which programmes to run under the budget.

    A programme reaches the households none of whose prerequisites for its measures is known to fail, and to whom at
    least one of them is new and can change the risk. `given`, `prerequisites`: as `budget_plan` takes them.
    `most_weighed`: up to so many programmes that can be paid, every choice is weighed. No households: nothing chosen.
    Raises QuestionError for a wrong programme or budget, and as `budget_plan` does.
    """
    check_budget(budget_fen)
    _check(programmes, len(measures))
    offer = offer_of(engine, findings, measures, given=given, prerequisites=prerequisites, target=target)
    gives = np.zeros((len(programmes), len(measures)), dtype=np.bool_)
    for place, programme in enumerate(programmes):
        gives[place, list(programme.measures)] = True
    reached = _any_of(offer.usable, gives) & ~_any_of(prerequisites == NOT_MET, gives)
    alike = alike_households(engine.network, findings, offer.target, np.concatenate([offer.running, reached], axis=1))
    area = ProgrammeArea(
        engine=engine,
        findings=findings_of_some(findings, alike.sample),
        measures=measures,
        target=engine.network.codes[offer.target],
        running=offer.running[alike.sample],
        reached=reached[alike.sample],
        gives=gives,
        count=alike.count,
    )
    fixed = np.array([each.fixed_fen for each in programmes], dtype=np.int64)
    per_household = np.array([each.household_fen for each in programmes], dtype=np.int64)
    reached_count = reached.sum(axis=0).astype(np.int64)
    cost = fixed + per_household * reached_count
    payable = np.flatnonzero((cost <= budget_fen) & (reached_count > 0))
    chosen, is_best = _choice(area, payable, cost, budget_fen, most_weighed)
    before, after = area.returns(np.zeros_like(chosen)), area.returns(chosen)
    bound = before - after
    if not is_best:
        part = per_household + fixed // np.maximum(reached_count, 1)
        bound = max(bound, relaxed_bound(area, payable, part, budget_fen))
    unknown = (reached & _any_of(prerequisites == UNKNOWN, gives)).sum(axis=0)
    return ProgrammePlan(
        budget_fen=budget_fen,
        spent_fen=int(cost[chosen].sum()),
        returns_before=before,
        returns_after=after,
        bound=bound,
        is_best=is_best,
        programmes=_totals(programmes, area, chosen, (reached_count, unknown, cost)),
    )


def _choice(
    area: ProgrammeArea, payable: Places, cost: Places, budget_fen: int, most_weighed: int
) -> tuple[Flags, bool]:
    """Return which programmes to run, and whether no choice prevents more."""
    if int(cost[payable].sum()) <= budget_fen:
        # No measure raises a risk, so all that can be paid together are best.
        return np.isin(np.arange(len(cost)), payable), True
    if can_weigh_all(area, payable, most_weighed):
        return best_of_all(area, payable, cost, budget_fen), True
    return greedy_and_swap(area, payable, cost, budget_fen), False


def _totals(
    programmes: Sequence[Programme], area: ProgrammeArea, chosen: Flags, counts: tuple[Places, Places, Places]
) -> tuple[ProgrammeTotal, ...]:
    """Return the totals of all programmes; `counts`: households reached, those with an unknown prerequisite, cost."""
    alone, adds = area.gains(np.zeros_like(chosen)).sum(axis=0), area.gains(chosen).sum(axis=0)
    for place in np.flatnonzero(chosen).tolist():
        without = chosen.copy()
        without[place] = False
        adds[place] = area.loss(chosen, without, np.flatnonzero(area.reached[:, place]))
    return tuple(
        ProgrammeTotal(
            code=programme.code,
            is_chosen=bool(chosen[place]),
            households=int(counts[0][place]),
            unknown_count=int(counts[1][place]),
            cost_fen=int(counts[2][place]),
            alone=float(alone[place]),
            adds=float(adds[place]),
        )
        for place, programme in enumerate(programmes)
    )


def _any_of(flags: Flags, gives: Flags) -> Flags:
    """Return, of shape (households, programmes), whether any measure of the programme has its flag."""
    found = np.zeros((len(flags), len(gives)), dtype=np.bool_)
    for place, own in enumerate(gives):
        found[:, place] = flags[:, own].any(axis=1)
    return found


def _check(programmes: Sequence[Programme], measure_count: int) -> None:
    seen: set[str] = set()
    for each in programmes:
        if each.code in seen:
            raise QuestionError("budget_programme_twice", programme=each.code)
        seen.add(each.code)
        places = set(each.measures)
        if not places or len(places) < len(each.measures) or not places <= set(range(measure_count)):
            raise QuestionError("budget_wrong_programme", programme=each.code, name="measures", value=each.measures)
        for name in ("fixed_fen", "household_fen"):
            if getattr(each, name) < 0:
                raise QuestionError("budget_wrong_programme", programme=each.code, name=name, value=getattr(each, name))
