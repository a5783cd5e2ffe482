"""What a budget could cut in an area, as parts of an answer: measures with whom they reach, what they cost and prevent.

Nothing is told of any single household. What would tell of a sensitive cause is added up in one row without a number of
households, unless it may be shown.
"""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
from pydantic import Field

from analysis.amounts import plain
from analysis.risk.budget import BudgetPlan
from analysis.risk.budget_programmes import ProgrammePlan
from analysis.sensitivity import is_sensitive_measure
from analysis.why.cut_parts import BoundMeasure, bound_measure, money
from analysis.why.names import say
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Form

# A bound is told with so many digits after the point of a percentage, rounded up: rounded down it would not hold.
_DIGITS = 4


class AreaCutMeasure(BoundMeasure):
    """What a plan does with one measure."""

    households: int = Field(description="How many households are given it.")
    unknown_count: int = Field(description="Of how many of them it is not known that what it requires holds.")
    cost_fen: int = Field(description="What that costs, in fen.")
    prevented: float = Field(
        description="Its part of the returns prevented; in a set of several, what it adds on average over the orders "
        "of giving them, so that all sum to the whole."
    )


class HiddenAreaMeasures(Form):
    """The measures of a plan that would tell of a sensitive cause, together; of how many households is not said."""

    cost_fen: int = Field(description="What they cost, in fen.")
    prevented: float = Field(description="Their part of the returns prevented.")


class AreaCutPart(Form):
    """The measures that lower the expected returns of an area most under a budget, each household its own few."""

    budget_fen: int = Field(description="What may be spent, in fen.")
    most: int = Field(description="How many new measures one household may be given.")
    household_count: int = Field(description="Active households of the area.")
    helped_count: int = Field(description="How many of them are given something new.")
    spent_fen: int = Field(description="What the plan costs, in fen.")
    returns_before: float = Field(description="Expected returns within 12 months, with the help that runs.")
    returns_after: float = Field(description="The same under the plan.")
    prevented: float = Field(description="What the plan prevents of them: scores, not people saved.")
    bound: float = Field(description="No plan under the budget prevents more than this.")
    gap: float = Field(description="(bound - prevented) / bound: what the plan may miss, 0 to 1.")
    is_best: bool = Field(description="Whether it is shown that no plan under the budget prevents more.")
    value_of_next: float = Field(description="Returns that 10,000 yuan more would prevent, at the margin.")
    above_before: int = Field(description="Households at or above the level, with the help that runs.")
    above_after: int = Field(description="The same under the plan.")
    measures: tuple[AreaCutMeasure, ...] = Field(description="What may be shown, what prevents most first.")
    hidden: HiddenAreaMeasures | None = Field(description="What may not be shown; null where all may.")
    text_en: str = Field(description="What comes of it, in two sentences, in English.")
    text_zh: str = Field(description="What comes of it, in two sentences, in Chinese.")


class AreaProgramme(BoundMeasure):
    """A measure as a programme: given to all whom it can help and who are not known to be excluded, or not run."""

    is_chosen: bool = Field(description="Whether it is to run.")
    households: int = Field(description="How many households it would reach.")
    unknown_count: int = Field(description="Of how many of them it is not known that what it requires holds.")
    cost_fen: int = Field(description="What it would cost, in fen.")
    alone: float = Field(description="Returns it would prevent as the only one.")
    adds: float = Field(description="What the choice prevents with it and not without it; these do not add up.")


class HiddenProgrammes(Form):
    """The chosen programmes that would tell of a sensitive cause, together."""

    cost_fen: int = Field(description="What they cost, in fen.")


class AreaProgrammesPart(Form):
    """The programmes for all or none that lower the expected returns most under the budget; one per measure."""

    budget_fen: int = Field(description="What may be spent, in fen.")
    spent_fen: int = Field(description="What the choice costs, in fen.")
    returns_before: float = Field(description="Expected returns within 12 months, with the help that runs.")
    returns_after: float = Field(description="The same with the programmes chosen.")
    prevented: float = Field(description="What the choice prevents of them.")
    bound: float = Field(description="No choice under the budget prevents more than this.")
    gap: float = Field(description="(bound - prevented) / bound: the choice may be so far below the best, 0 to 1.")
    is_best: bool = Field(description="Whether it is shown that no choice prevents more.")
    programmes: tuple[AreaProgramme, ...] = Field(
        description="Those that reach anybody and may be shown: first those chosen, then by what each adds."
    )
    hidden: HiddenProgrammes | None = Field(description="What is chosen and may not be shown; null where nothing is.")
    text_en: str = Field(description="What comes of it, in two sentences, in English.")
    text_zh: str = Field(description="What comes of it, in two sentences, in Chinese.")


def area_cut_part(schema: Schema, plan: BudgetPlan, *, most: int, level: float, show_sensitive: bool) -> AreaCutPart:
    """Return a plan for an area as an answer tells it. `level`: risks at or above it are counted."""
    shown = [each for each in plan.measures if show_sensitive or not is_sensitive_measure(schema, each.code)]
    hidden = [each for each in plan.measures if each not in shown]
    measures = [
        AreaCutMeasure(
            **dict(bound_measure(schema, each.code)),
            households=each.households,
            unknown_count=each.unknown_count,
            cost_fen=each.cost_fen,
            prevented=each.prevented,
        )
        for each in shown
    ]
    is_given = np.array([bool(each) for each in plan.sets], dtype=np.bool_)
    helped_count = int(is_given[plan.chosen].sum())
    told = say(
        "area_cut_told",
        spent=money(plan.spent_fen),
        budget=money(plan.budget_fen),
        helped=f"{helped_count:,}",
        households=f"{len(plan.chosen):,}",
        before=_returns(plan.returns_before),
        after=_returns(plan.returns_after),
        bound=_bound(is_best=plan.is_best, gap=plan.gap),
    )
    return AreaCutPart(
        budget_fen=plan.budget_fen,
        most=most,
        household_count=len(plan.chosen),
        helped_count=helped_count,
        spent_fen=plan.spent_fen,
        returns_before=plan.returns_before,
        returns_after=plan.returns_after,
        prevented=plan.prevented,
        bound=plan.bound,
        gap=plan.gap,
        is_best=plan.is_best,
        value_of_next=plan.value_of_next,
        above_before=int(np.count_nonzero(plan.risk_before >= level)),
        above_after=int(np.count_nonzero(plan.risk_after >= level)),
        measures=tuple(sorted(measures, key=lambda each: (-each.prevented, each.code))),
        hidden=HiddenAreaMeasures(
            cost_fen=sum(each.cost_fen for each in hidden), prevented=sum(each.prevented for each in hidden)
        )
        if hidden
        else None,
        text_en=told.en,
        text_zh=told.zh,
    )


def area_programmes_part(schema: Schema, plan: ProgrammePlan, *, show_sensitive: bool) -> AreaProgrammesPart:
    """Return a choice of programmes, one per measure and named by it, as an answer tells it."""
    reaching = [each for each in plan.programmes if each.households]
    shown = [each for each in reaching if show_sensitive or not is_sensitive_measure(schema, each.code)]
    hidden = [each for each in reaching if each.is_chosen and each not in shown]
    programmes = [
        AreaProgramme(
            **dict(bound_measure(schema, each.code)),
            is_chosen=each.is_chosen,
            households=each.households,
            unknown_count=each.unknown_count,
            cost_fen=each.cost_fen,
            alone=each.alone,
            adds=each.adds,
        )
        for each in shown
    ]
    told = say(
        "area_programmes_told",
        spent=money(plan.spent_fen),
        budget=money(plan.budget_fen),
        count=sum(each.is_chosen for each in reaching),
        before=_returns(plan.returns_before),
        after=_returns(plan.returns_after),
        bound=_bound(is_best=plan.is_best, gap=plan.gap),
    )
    return AreaProgrammesPart(
        budget_fen=plan.budget_fen,
        spent_fen=plan.spent_fen,
        returns_before=plan.returns_before,
        returns_after=plan.returns_after,
        prevented=plan.prevented,
        bound=plan.bound,
        gap=plan.gap,
        is_best=plan.is_best,
        programmes=tuple(sorted(programmes, key=lambda each: (not each.is_chosen, -each.adds, each.code))),
        hidden=HiddenProgrammes(cost_fen=sum(each.cost_fen for each in hidden)) if hidden else None,
        text_en=told.en,
        text_zh=told.zh,
    )


def percent_at_most(share: float) -> str:
    """Return a bound as a percentage, rounded up.

    >>> percent_at_most(0.301), percent_at_most(0.0000001)
    ('30.1', '0.0001')
    """
    # As it is written, since 100 times the machine's number may lie a little above what it stands for.
    written = Decimal(repr(share)).scaleb(_DIGITS + 2)
    return plain(math.ceil(written) / 10**_DIGITS, _DIGITS)


def _bound(*, is_best: bool, gap: float) -> Label:
    return say("area_cut_best") if is_best else say("area_cut_bound", gap=percent_at_most(gap))


def _returns(returns: float) -> str:
    return f"{returns:,.2f}"
