"""What is the cheapest help that brings this household's risk down, and what could a budget cut in this area?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from analysis.errors import QuestionError
from analysis.fetch.places_around import upward
from analysis.fetch.risk import ToldNumbers, risk_of_area, risk_of_household
from analysis.places.counted import CountedPlaces
from analysis.questions.answer import Notice, asked_about, notice
from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.risk.budget import budget_plan, check_plan_size
from analysis.risk.budget_programmes import programme_plan, programmes_of_measures
from analysis.risk.cut import check_level
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from analysis.subject import FoundSubject, Subject, unknown_subject
from analysis.why.area_cut_parts import (
    AreaCutPart,
    AreaProgrammesPart,
    area_cut_part,
    area_programmes_part,
    percent_at_most,
)
from analysis.why.cut_parts import CutPart, CutPlanPart, household_cut_part
from analysis.why.names import cause_name
from analysis.why.parts import Named
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from ledger import Ledger
from policy import Policy

HOUSEHOLD, AREA = "Household", "Area"
LEVEL = "risk.level"


@dataclass(frozen=True)
class Budget:
    """What may be spent in an area, and how: at most `most` new measures a household.

    `programmes`: whether measures for all or none are weighed besides.
    """

    fen: int
    most: int = 2
    programmes: bool = False


@dataclass(frozen=True)
class AreaLimits:
    """For how many households a plan is made while somebody waits, by the measures each may be given.

    `with_programmes`: where programmes for all or none are weighed besides.
    """

    one: int = 50_000
    two: int = 10_000
    three: int = 2_000
    with_programmes: int = 2_000

    def households_for(self, budget: Budget) -> int:
        """Return the limit for a question."""
        limit = (self.one, self.two, self.three)[budget.most - 1]
        return min(limit, self.with_programmes) if budget.programmes else limit


def household_cut(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    household_id: str,
    *,
    day: date,
    level: float | None = None,
    show_sensitive: bool = False,
    known_at: datetime | None = None,
) -> HouseholdCutAnswer:
    """Return the cheapest help that brings the risk of a household under a level as of `day`, whatever its state.

    `level`: above 0, at most 1; None for the one of the policy. `known_at`: the instant whose knowledge the graph
    holds, None for all. Takes up to a few seconds where dozens of measures could help. Raises SubjectNotFound for an
    unknown id, and QuestionError for a wrong level or where too many measures could help to be searched.
    """
    if level is not None:
        check_level(level)
    asked = Subject(HOUSEHOLD, household_id)
    told = ToldNumbers(ledger, known_at)
    found = risk_of_household(store, model.network, model.measures, household_id, day, told=told)
    if level is None:
        level = policy.number(LEVEL, area_id=found.place_of[0], day=day)
    cut = household_cut_part(schema, model, found, level, show_sensitive=show_sensitive)
    is_made_up = bool(found.is_made_up[0])
    return HouseholdCutAnswer(
        asked=asked_about(FoundSubject(asked, None, is_made_up)),
        as_of=day,
        is_made_up=is_made_up,
        notices=_chosen(_shared_notices(model, is_made_up=is_made_up) + _household_notices(cut)),
        network_version=model.version,
        is_learned=model.is_learned,
        target=_target(schema, model),
        level=level,
        show_sensitive=show_sensitive,
        cut=cut,
    )


def area_cut(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    area_id: str,
    budget: Budget,
    *,
    day: date,
    show_sensitive: bool = False,
    known_at: datetime | None = None,
    households: RiskHouseholds | None = None,
) -> AreaCutAnswer:
    """Return what a budget could cut of the expected returns of an area as of `day`.

    `households`: `risk_of_area` of this area, which who asks often keeps and passes. `known_at`: the instant whose
    knowledge the graph holds, None for all. Raises SubjectNotFound for an unknown area, and QuestionError for a budget
    below 0 or `most` outside 1 to 3. An area in which nobody lives has an empty plan.
    """
    check_plan_size(budget.fen, budget.most)
    asked = Subject(AREA, area_id)
    way = upward(store, [area_id]).get(area_id)
    if way is None:
        raise unknown_subject(schema, asked)
    if households is None:
        told = ToldNumbers(ledger, known_at)
        households = risk_of_area(store, model.network, model.measures, area_id, day, told=told)
    level = policy.number(LEVEL, area_id=area_id, day=day)
    plan, programmes = _plans(schema, model, households, budget, level, show_sensitive=show_sensitive)
    name = way[0]["name"]
    is_made_up = bool(way[0]["is_made_up"]) or bool(households.is_made_up.any())
    return AreaCutAnswer(
        asked=asked_about(FoundSubject(asked, Label(name, name) if name else None, is_made_up)),
        as_of=day,
        is_made_up=is_made_up,
        notices=_chosen(_shared_notices(model, is_made_up=is_made_up) + _area_notices(plan, programmes)),
        network_version=model.version,
        is_learned=model.is_learned,
        target=_target(schema, model),
        level=level,
        show_sensitive=show_sensitive,
        plan=plan,
        programmes=programmes,
    )


def check_area_size(counted: CountedPlaces, area_id: str, budget: Budget, limits: AreaLimits) -> None:
    """Raise QuestionError where more households live in the area than a plan may be made for within the limits.

    An area that the graph does not hold passes: the question itself says so.
    """
    limit = limits.households_for(budget)
    households = sum(row["household_count"] for row in counted.living(area_id))
    if households > limit:
        raise QuestionError("cut_area_too_large", households=f"{households:,}", area=area_id, limit=f"{limit:,}")


def _plans(
    schema: Schema,
    model: RiskModel,
    households: RiskHouseholds,
    budget: Budget,
    level: float,
    *,
    show_sensitive: bool,
) -> tuple[AreaCutPart, AreaProgrammesPart | None]:
    plan = budget_plan(
        model.engine,
        households.findings,
        model.measures,
        budget.fen,
        most=budget.most,
        given=households.running,
        prerequisites=households.prerequisites,
    )
    part = area_cut_part(schema, plan, most=budget.most, level=level, show_sensitive=show_sensitive)
    if not budget.programmes:
        return part, None
    choice = programme_plan(
        model.engine,
        households.findings,
        model.measures,
        programmes_of_measures(model.measures),
        budget.fen,
        given=households.running,
        prerequisites=households.prerequisites,
    )
    return part, area_programmes_part(schema, choice, show_sensitive=show_sensitive)


def _target(schema: Schema, model: RiskModel) -> Named:
    code = model.network.codes[model.engine.target_position()]
    name = cause_name(schema, code)
    return Named(code=code, name_en=name.en, name_zh=name.zh)


_Told = list[tuple[bool, Notice]]


def _chosen(told: Iterable[tuple[bool, Notice]]) -> tuple[Notice, ...]:
    return tuple(each for is_so, each in told if is_so)


def _shared_notices(model: RiskModel, *, is_made_up: bool) -> _Told:
    return [
        (is_made_up, notice("notice_made_up")),
        (not model.is_learned, notice("notice_risk_score")),
        (True, notice("notice_score_not_decision")),
        (True, notice("notice_cut_proposed")),
    ]


def _household_notices(cut: CutPart) -> _Told:
    plans = [plan for plan in (cut.plan, cut.next_best, cut.lowest) if plan is not None]
    return [
        (any(_is_unsure(plan) for plan in plans), notice("notice_cut_ask_first")),
        (bool(cut.hidden_running_count) or any(plan.hidden for plan in plans), notice("notice_cut_hidden")),
    ]


def _is_unsure(plan: CutPlanPart) -> bool:
    return any(step.prerequisite_state == "unknown" for step in plan.measures)


def _area_notices(plan: AreaCutPart, programmes: AreaProgrammesPart | None) -> _Told:
    is_unsure = any(each.unknown_count for each in plan.measures)
    is_hidden = plan.hidden is not None
    told = [(not plan.household_count, notice("notice_nobody_lives_here"))]
    if programmes is not None:
        is_unsure = is_unsure or any(each.is_chosen and each.unknown_count for each in programmes.programmes)
        is_hidden = is_hidden or programmes.hidden is not None
        gap = percent_at_most(programmes.gap)
        told.append((not programmes.is_best, notice("notice_cut_programmes_bound", gap=gap)))
    return [*told, (is_unsure, notice("notice_cut_ask_first")), (is_hidden, notice("notice_cut_hidden"))]
