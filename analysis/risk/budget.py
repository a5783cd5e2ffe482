"""The measures that lower the expected returns of an area most under a budget, each household its own few.

    plan = budget_plan(engine, findings, measures, 50_000_000, most=2, given=running, prerequisites=prerequisites)
    plan.prevented, plan.bound, plan.gap        # returns prevented within 12 months, and what no plan can exceed

Expected returns are the sum of the risks (risk scores, until strengths are learned). What runs already is counted
before the first yuan is spent, is free, and is not offered again. The decision page is docs/decisions/0016.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError
from analysis.risk.alike import alike_households, findings_of_some
from analysis.risk.budget_fill import fill
from analysis.risk.budget_options import measures_that_can_matter, options_of
from analysis.risk.budget_totals import MeasureTotal, different_sets, shares_of, totals_of
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places, cells_of
from analysis.risk.measures import NOT_MET, UNKNOWN, RiskMeasures

# A household is given at most so many measures: four make more sets than can be gone through.
MOST_MEASURES = 3
TEN_THOUSAND_YUAN = 1_000_000
# What each measure asks of each household: NOT_MET, UNKNOWN or MET.
Prerequisites: TypeAlias = npt.NDArray[np.int8]


@dataclass(frozen=True)
class BudgetPlan:
    """A plan for an area, and how good any plan could be.

    `sets`: the different sets that were chosen, places of measures, rising; the first is the empty one. `chosen`: per
    household, the place of its set in `sets`; `cost_fen`, `risk_before` (with the help that runs) and `risk_after`.
    `bound`: the returns that no plan can prevent more than, by the linear program in which a household may be given
    part of a set. `value_of_next`: returns that 10,000 yuan more would prevent, by the same program; 0 when nothing is
    left that lowers a risk. `is_best`: True where it is shown that no plan under the budget prevents more.
    """

    budget_fen: int
    sets: tuple[tuple[int, ...], ...]
    chosen: Places
    cost_fen: Places
    risk_before: Numbers
    risk_after: Numbers
    bound: float
    value_of_next: float
    is_best: bool
    measures: tuple[MeasureTotal, ...]

    @property
    def returns_before(self) -> float:
        """Return the expected returns with the help that runs."""
        return float(self.risk_before.sum())

    @property
    def returns_after(self) -> float:
        """Return the expected returns under the plan."""
        return float(self.risk_after.sum())

    @property
    def prevented(self) -> float:
        """Return how many returns the plan prevents."""
        return float((self.risk_before - self.risk_after).sum())

    @property
    def gap(self) -> float:
        """Return what the plan may miss, as a share of the bound: (bound - prevented) / bound, 0 to 1."""
        return max(0.0, self.bound - self.prevented) / self.bound if self.bound > 0 else 0.0

    @property
    def spent_fen(self) -> int:
        """Return what the plan costs, in fen."""
        return int(self.cost_fen.sum())


def budget_plan(
    engine: RiskEngine,
    findings: Findings,
    measures: RiskMeasures,
    budget_fen: int,
    *,
    most: int,
    given: Flags,
    prerequisites: Prerequisites,
    target: str | None = None,
) -> BudgetPlan:
    """Return the plan of at most `most` new measures a household whose costs add up to at most the budget.

    `given`, shape (households, measures): the measure runs already. `prerequisites`, same shape: NOT_MET (not offered),
    UNKNOWN (offered, and counted in the totals), MET. No households: an empty plan. Of households alike those that
    stand first get the set that lowers more. Raises QuestionError for a budget below 0, `most` outside 1 to 3, arrays
    of another shape, an unknown target or wrong findings.
    """
    check_plan_size(budget_fen, most)
    offer = offer_of(engine, findings, measures, given=given, prerequisites=prerequisites, target=target)
    alike = alike_households(
        engine.network, findings, offer.target, np.concatenate([offer.running, offer.usable], axis=1)
    )
    different = findings_of_some(findings, alike.sample)
    running = offer.running[alike.sample]
    code = engine.network.codes[offer.target]
    options = options_of(
        engine, different, measures, running=running, usable=offer.usable[alike.sample], most=most, target=code
    )
    filled = fill(options.pattern, options.cost_fen, options.lowered, count=alike.count, budget=budget_fen)
    # Options of a pattern from the one that lowers most, households of a pattern as they stand.
    falling = np.lexsort((-options.cost_fen, options.pattern))
    option = np.empty(findings.household_count, dtype=np.int64)
    option[np.argsort(alike.pattern, kind="stable")] = np.repeat(falling, filled.households[falling])
    sets, number = different_sets(options.measures)
    before = options.risk_before[alike.pattern]
    return BudgetPlan(
        budget_fen=budget_fen,
        sets=sets,
        chosen=number[option],
        cost_fen=options.cost_fen[option],
        risk_before=before,
        risk_after=before - options.lowered[option],
        bound=filled.bound,
        value_of_next=filled.slope * TEN_THOUSAND_YUAN,
        is_best=filled.is_best,
        measures=totals_of(
            measures,
            chosen=options.measures[option],
            shares=shares_of(engine, different, measures, running, options, filled.households, code)[option],
            is_unknown=prerequisites == UNKNOWN,
        ),
    )


def check_plan_size(budget_fen: int, most: int) -> None:
    """Raise QuestionError for a budget below 0, or `most` measures a household outside 1 to 3."""
    check_budget(budget_fen)
    if not 1 <= most <= MOST_MEASURES:
        raise QuestionError("budget_wrong_most", value=most, most=MOST_MEASURES)


def check_budget(budget_fen: int) -> None:
    """Raise QuestionError for a budget below 0."""
    if budget_fen < 0:
        raise QuestionError("budget_below_zero", yuan=budget_fen / 100)


@dataclass(frozen=True)
class Offer:
    """What may be given: `usable`, and what runs and counts: `running`; both (households, measures). `target`: place.

    A usable measure can change the risk, its prerequisite is not known to fail, and it does not run already.
    """

    target: int
    usable: Flags
    running: Flags


def offer_of(
    engine: RiskEngine,
    findings: Findings,
    measures: RiskMeasures,
    *,
    given: Flags,
    prerequisites: Prerequisites,
    target: str | None,
) -> Offer:
    """Return what may be offered. Raises QuestionError for arrays of another shape, or a wrong target or findings."""
    shape = (findings.household_count, len(measures))
    for name, values in (("given", given), ("prerequisites", prerequisites)):
        if values.shape != shape:
            raise QuestionError("budget_wrong_shape", name=name, shape=values.shape, expected=shape)
    # Raises for a target that is unknown, that nothing reaches, or that has to be named.
    engine.leak_risk(target)
    place = engine.network.node_position(target or str(engine.network.default_target))
    matters = measures_that_can_matter(engine.network, cells_of(engine.network, findings), measures, place)
    return Offer(place, matters & ~given & (prerequisites != NOT_MET), matters & given)
