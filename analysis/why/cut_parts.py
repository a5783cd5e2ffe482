"""The cheapest cut of one household as parts of an answer: measures with what binds them, plans, and why not others.

Costs are in fen. What would tell of a sensitive cause is left out unless it may be shown: such measures are counted and
their costs added up, so that sums hold, and whether they were offered is never said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from analysis.amounts import yuan
from analysis.code_labels import code_label
from analysis.risk.cut import Cut, CutPlan, CutStep, HouseholdOffer, NotOffered, cut_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from analysis.sensitivity import is_sensitive_measure
from analysis.why.names import cause_name, link_name, listed, measure_name, say
from analysis.why.parts import Named
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Form


class BoundMeasure(Named):
    """A measure, what it acts on, and what binds its use."""

    family: Named | None = Field(description="Its family; null for a measure that the vocabulary does not have.")
    target: Named | None = Field(description="The cause, state or link it acts on; null where the family is.")
    condition: Named | None = Field(description="How it may never be used; null where nothing is forbidden.")
    prerequisite: Named | None = Field(description="What must hold at the household; null where nothing must.")


class CutMeasure(BoundMeasure):
    """One measure of a plan. Without it the plan does less: a measure that changes nothing is in no plan."""

    cost_fen: int = Field(description="What it costs for one household, in fen.")
    prerequisite_state: Literal["none", "met", "unknown"] = Field(
        description="none = nothing must hold; unknown = no feed tells, so somebody has to ask first."
    )
    risk_without: float = Field(description="The risk under the plan without this measure.")


class HiddenMeasures(Form):
    """The measures of a plan that would tell of a sensitive cause, together."""

    count: int = Field(description="How many there are.")
    cost_fen: int = Field(description="What they cost together, in fen.")


class CutPlanPart(Form):
    """A set of measures beside those that run."""

    measures: tuple[CutMeasure, ...] = Field(description="The measures that may be shown, by code.")
    hidden: HiddenMeasures | None = Field(description="Those that may not be shown; null where all are.")
    cost_fen: int = Field(description="What they cost together, in fen; measures that run cost nothing more.")
    risk: float = Field(description="The risk under the plan, the help that runs counted.")
    text_en: str = Field(description="The plan in a sentence, in English.")
    text_zh: str = Field(description="The plan in a sentence, in Chinese.")


class CutNotOffered(Named):
    """A measure that was not offered, and why."""

    reason: Literal["runs_already", "prerequisite_not_met", "changes_nothing"] = Field(description="Why, as a code.")
    text_en: str = Field(description="Why, in English.")
    text_zh: str = Field(description="Why, in Chinese.")


class CutPart(Form):
    """The cheapest help that brings the risk of a household under a level, and the next best."""

    level: float = Field(description="The risk that is to be undercut, 0 to 1.")
    risk: float = Field(description="The risk if nothing is done: without any help.")
    risk_with_help: float = Field(description="The risk with the help that runs, where every plan starts.")
    is_under_already: bool = Field(description="Whether that is under the level, so that nothing more is needed.")
    running: tuple[Named, ...] = Field(description="The measures that run and may be shown, by code.")
    hidden_running_count: int = Field(description="Measures that run and may not be shown.")
    is_reachable: bool = Field(description="Whether all measures on offer together bring the risk under the level.")
    plan: CutPlanPart | None = Field(
        description="The cheapest set that brings the risk under the level; null where none does, or none was found."
    )
    next_best: CutPlanPart | None = Field(
        description="The cheapest set that does so and leaves out a measure of the plan; null where there is none."
    )
    lowest: CutPlanPart | None = Field(
        description="Where the level cannot be reached: the cheapest set that lowers the risk as far as it goes."
    )
    is_exact: bool = Field(description="Whether no cheaper set does what the plan, or the lowest, does.")
    is_next_exact: bool = Field(description="The same of the next best.")
    least_fen: int = Field(
        description="Nothing that does it costs less, in fen; the cost of the plan where it is exact."
    )
    next_least_fen: int = Field(description="The same of the next best, in fen; 0 where there is none.")
    not_offered: tuple[CutNotOffered, ...] = Field(
        description="Measures not offered here, by code; of those that would tell of a sensitive cause nothing is said."
    )
    text_en: str = Field(description="What comes of it, in a sentence, in English.")
    text_zh: str = Field(description="What comes of it, in a sentence, in Chinese.")


def cut_part(schema: Schema, cut: Cut, *, show_sensitive: bool) -> CutPart:
    """Return a cut as an answer tells it."""
    words = _Words(schema, show_sensitive)
    plan, next_best, lowest = (words.plan(each) for each in (cut.plan, cut.next_best, cut.lowest))
    running = [code for code in cut.running if words.is_shown(code)]
    is_under_already = cut.plan is not None and not cut.plan.steps
    told = _told(cut, plan, lowest, is_under_already=is_under_already)
    return CutPart(
        level=cut.level,
        risk=cut.risk,
        risk_with_help=cut.risk_with_help,
        is_under_already=is_under_already,
        running=tuple(named(code, measure_name(schema, code)) for code in running),
        hidden_running_count=len(cut.running) - len(running),
        is_reachable=cut.is_reachable,
        plan=plan,
        next_best=next_best,
        lowest=lowest,
        is_exact=cut.is_exact,
        is_next_exact=cut.is_next_exact,
        least_fen=cut.least_fen,
        next_least_fen=cut.next_least_fen,
        not_offered=tuple(words.not_offered(each) for each in cut.not_offered if words.is_shown(each.code)),
        text_en=told.en,
        text_zh=told.zh,
    )


def household_cut_part(
    schema: Schema, model: RiskModel, household: RiskHouseholds, level: float, *, show_sensitive: bool
) -> CutPart:
    """Return the cheapest cut of the only household of `household`. Raises QuestionError as `cut_of` does."""
    offer = HouseholdOffer(model.measures, household.running[0], household.prerequisites[0])
    return cut_part(schema, cut_of(model.engine, household.findings, offer, level), show_sensitive=show_sensitive)


def bound_measure(schema: Schema, code: str) -> BoundMeasure:
    """Return a measure of the vocabulary with what it acts on and what binds its use, or its code where it is none."""
    measure, name = schema.measures.get(code), measure_name(schema, code)
    if measure is None:
        return BoundMeasure(
            code=code, name_en=name.en, name_zh=name.zh, family=None, target=None, condition=None, prerequisite=None
        )
    is_link = measure.target in schema.links
    target = link_name(schema, measure.target) if is_link else cause_name(schema, measure.target)
    return BoundMeasure(
        code=code,
        name_en=name.en,
        name_zh=name.zh,
        family=named(measure.family, code_label(schema, measure.family, "family")),
        target=named(measure.target, target),
        condition=_of_list(schema, measure.forbidden, "forbidden"),
        prerequisite=_of_list(schema, measure.prerequisite, "prerequisite"),
    )


def named(code: str, label: Label) -> Named:
    """Return a code with its names."""
    return Named(code=code, name_en=label.en, name_zh=label.zh)


def money(fen: int) -> Label:
    """Return a sum of money in yuan, in both languages."""
    return Label(yuan(fen, "en"), yuan(fen, "zh"))


def _of_list(schema: Schema, code: str | None, code_list: str) -> Named | None:
    return None if code is None else named(code, code_label(schema, code, code_list))


class _Words:
    def __init__(self, schema: Schema, show_sensitive: bool) -> None:
        self._schema, self._show_sensitive = schema, show_sensitive

    def is_shown(self, code: str) -> bool:
        return self._show_sensitive or not is_sensitive_measure(self._schema, code)

    def plan(self, plan: CutPlan | None) -> CutPlanPart | None:
        if plan is None:
            return None
        shown = [step for step in plan.steps if self.is_shown(step.code)]
        hidden = [step for step in plan.steps if not self.is_shown(step.code)]
        told = say(
            "cut_plan_told",
            measures=self._names(shown, len(hidden)),
            yuan=money(plan.cost_fen),
            risk=f"{plan.risk:.4f}",
        )
        return CutPlanPart(
            measures=tuple(self._step(step) for step in shown),
            hidden=HiddenMeasures(count=len(hidden), cost_fen=sum(step.cost_fen for step in hidden))
            if hidden
            else None,
            cost_fen=plan.cost_fen,
            risk=plan.risk,
            text_en=told.en,
            text_zh=told.zh,
        )

    def _names(self, shown: Iterable[CutStep], hidden_count: int) -> Label:
        names = [measure_name(self._schema, step.code) for step in shown]
        if hidden_count:
            names.append(say("cut_hidden_measures" if hidden_count > 1 else "cut_hidden_measure", count=hidden_count))
        return listed(tuple(names)) if names else say("cut_no_measure")

    def _step(self, step: CutStep) -> CutMeasure:
        measure = bound_measure(self._schema, step.code)
        state: Literal["none", "met", "unknown"] = (
            "unknown" if step.is_unsure else "none" if measure.prerequisite is None else "met"
        )
        return CutMeasure(
            **dict(measure), cost_fen=step.cost_fen, prerequisite_state=state, risk_without=step.risk_without
        )

    def not_offered(self, each: NotOffered) -> CutNotOffered:
        measure = bound_measure(self._schema, each.code)
        asked = measure.prerequisite
        needs = Label(asked.name_en, asked.name_zh) if asked else Label("-", "-")
        told = say(f"cut_not_offered_{each.reason}", needs=needs)
        return CutNotOffered(
            code=measure.code,
            name_en=measure.name_en,
            name_zh=measure.name_zh,
            reason=each.reason,
            text_en=told.en,
            text_zh=told.zh,
        )


def _told(cut: Cut, plan: CutPlanPart | None, lowest: CutPlanPart | None, *, is_under_already: bool) -> Label:
    level, before = f"{cut.level:.4f}", f"{cut.risk_with_help:.4f}"
    if is_under_already:
        return say("cut_told_under_already", level=level, risk=before)
    if plan is not None:
        code = "cut_told_plan" if cut.is_exact else "cut_told_plan_bounded"
        return say(code, level=level, risk=before, plan=Label(plan.text_en, plan.text_zh), yuan=money(cut.least_fen))
    if cut.is_reachable:
        return say("cut_told_not_found", level=level, yuan=money(cut.least_fen))
    if lowest is None or (not lowest.measures and lowest.hidden is None):
        return say("cut_told_nothing_helps", level=level, risk=before)
    return say("cut_told_out_of_reach", level=level, risk=before, plan=Label(lowest.text_en, lowest.text_zh))
