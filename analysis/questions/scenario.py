"""What comes of a named scenario: a programme ends, a price falls, a plant shuts, a road closes, a drought?

wanted = ScenarioWanted("price_down", {"product": "green_plum", "share": 0.3}, area_id="350624")
scenario(store, schema, policy, model, load_scenarios(schema), wanted, day=day)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import numpy as np

from analysis.errors import SensitiveSubject
from analysis.fetch.assistance import helped_by_programme, offers_of
from analysis.fetch.places import find_subject
from analysis.fetch.places_around import upward
from analysis.fetch.risk import risk_of_all, risk_of_area
from analysis.page import Page
from analysis.places.counted import CountedPlaces
from analysis.questions.answer import Notice, notice
from analysis.questions.chains_answer import capped
from analysis.questions.scenario_answer import ScenarioAnswer
from analysis.questions.scenario_parts import (
    AreaName,
    crossing_page,
    depth,
    list_hidden,
    told_asked,
    told_causes,
    told_measures,
    told_places,
    told_published,
    told_states,
    told_ways,
    totals,
)
from analysis.risk.by_home import RiskByHome
from analysis.risk.findings import Flags
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import RiskMeasures
from analysis.risk.model import RiskModel
from analysis.risk.network import RiskNetwork
from analysis.scenarios.asked import Asked, scenario_named
from analysis.scenarios.effects import Effects
from analysis.scenarios.named import ScenarioChanges, scenario_changes
from analysis.scenarios.situation import Situation, situation_of
from analysis.scenarios.today import Today, states_today, today_of
from analysis.scenarios.what_if import what_if
from analysis.sensitivity import is_sensitive_help, is_sensitive_measure
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from policy import Policy
from policy.scenarios import Scenario

AREA, PROGRAMME = "Area", "Programme"
LEVEL = "risk.level"


@dataclass(frozen=True)
class ScenarioWanted:
    """A scenario by its code with what was filled in, whose households are looked at, and which page of the list.

    `values`: by name of the parameter an id, or a number, also as text; empty ones count as left out. `area_id`: only
    households that live there or below; None for all. Where the scenario happens in an area and none was filled in, it
    happens there. `page` cuts the list of those who cross the level.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    area_id: str | None = None
    page: Page = field(default_factory=Page)


@dataclass(frozen=True)
class RisksToday:
    """Every active household of a graph with its risks today; `is_made_up`: of each whether it is made up."""

    situation: Situation
    is_made_up: Flags
    today: Today


def risks_today(store: GraphStore, model: RiskModel, day: date) -> RisksToday:
    """Return the risks of every active household; who asks often keeps them as long as the graph does not change."""
    households = risk_of_all(store, model.network, model.measures, day)
    situation = situation_of(model.engine, model.measures, households)
    return RisksToday(situation, households.is_made_up, today_of(situation))


def risks_kept(model: RiskModel, known: RiskByHome) -> RisksToday:
    """Return the same out of what is kept for the answers about areas."""
    situation = situation_of(model.engine, model.measures, known.households)
    return RisksToday(situation, known.households.is_made_up, Today(known.helped, known.risk, states_today(situation)))


def scenario(
    store: GraphStore,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    scenarios: Mapping[str, Scenario],
    wanted: ScenarioWanted,
    *,
    day: date,
    level: float | None = None,
    show_sensitive: bool = False,
    kept: RisksToday | None = None,
    counted: CountedPlaces | None = None,
) -> ScenarioAnswer:
    """Return what comes of a scenario as of `day`.

    `level`: at or above it a household stands high; that of the policy when None. `kept`: `risks_today` of the graph on
    that network and day, where they are kept; read when left out. `counted`: `CountedPlaces(store)`, where one is kept.
    Raises QuestionError or SubjectNotFound for a scenario, parameter or area that is wrong or missing, and
    SensitiveSubject for a programme whose help would tell a sensitive cause that may not be shown.
    """
    named = scenario_named(scenarios, wanted.code)
    area = _area(store, schema, wanted.area_id)
    filled = _filled(named, wanted)
    asked = Asked(named.code, filled, day)
    looked_at = _looked_at(store, model, wanted.area_id, day, kept, counted)
    situation = looked_at.situation
    changes = scenario_changes(store, schema, scenarios, situation, asked)
    if not show_sensitive:
        _refuse_what_tells(store, schema, changes, day)
    if level is None:
        level = policy.number(LEVEL, area_id=wanted.area_id, day=day)
    effects = what_if(situation, changes.changes, level=level, today=looked_at.today)
    answer = _answer(
        _Found(store, schema, model, wanted, area, filled, situation, changes, effects),
        day=day,
        level=level,
        is_made_up=looked_at.is_made_up,
        show_sensitive=show_sensitive,
    )
    return answer.model_copy(update={"notices": _notices(answer)})


@dataclass(frozen=True)
class _LookedAt:
    """The households that are looked at, their risks today where they are known, and whether any is made up."""

    situation: Situation
    today: Today | None
    is_made_up: bool


@dataclass(frozen=True)
class _Found:
    store: GraphStore
    schema: Schema
    model: RiskModel
    wanted: ScenarioWanted
    area: FoundSubject | None
    filled: Mapping[str, object]
    situation: Situation
    changes: ScenarioChanges
    effects: Effects


def _answer(found: _Found, *, day: date, level: float, is_made_up: bool, show_sensitive: bool) -> ScenarioAnswer:
    schema, situation, changes, effects = found.schema, found.situation, found.changes, found.effects
    names = _area_names(found.store, [area for area in situation.rows_by_area if area is not None])
    hidden = np.zeros(len(situation.household_ids), dtype=np.bool_)
    if not show_sensitive:
        hidden = list_hidden(schema, situation, changes)
    crossing, hidden_count = crossing_page(names, situation, effects, hidden, found.wanted.page)
    places = told_places(schema, names, situation, effects)
    return ScenarioAnswer(
        asked=told_asked(schema, changes.scenario, changes.values, found.filled, found.area),
        as_of=day,
        is_made_up=is_made_up,
        notices=(),
        network_version=found.model.version,
        is_learned=found.model.is_learned,
        level=level,
        show_sensitive=show_sensitive,
        household_count=len(situation.household_ids),
        reached_count=sum(each.nearest_count for each in changes.ways),
        touched_count=effects.touched_count,
        moved_count=effects.moved_count,
        outside_count=changes.outside_count,
        ways=told_ways(schema, changes),
        before=totals(effects.before, effects.level),
        after=totals(effects.after, effects.level),
        before_without_help=totals(effects.before_without_help, effects.level),
        after_without_help=totals(effects.after_without_help, effects.level),
        depth=depth(effects.depth),
        upward_count=len(effects.upward),
        downward_count=len(effects.downward),
        states=told_states(schema, effects),
        causes=told_causes(schema, effects, show_sensitive=show_sensitive),
        measures=told_measures(schema, effects, show_sensitive=show_sensitive),
        places=places,
        untouched_place_count=sum(each.area_id is not None for each in effects.areas) - len(places),
        crossing=crossing,
        hidden_crossing_count=hidden_count,
        published=told_published(schema, changes.scenario.context),
    )


def _area(store: GraphStore, schema: Schema, area_id: str | None) -> FoundSubject | None:
    return None if area_id is None else find_subject(store, schema, Subject(AREA, area_id), (AREA,))


def _filled(named: Scenario, wanted: ScenarioWanted) -> dict[str, object]:
    """Return what was filled in; the area looked at stands for the area of the event where that one was left out."""
    filled = {name: value for name, value in wanted.values.items() if value not in (None, "")}
    if wanted.area_id is not None:
        for each in named.parameters:
            others = {other.name for other in named.parameters if each.one_of and other.one_of == each.one_of}
            if each.kinds == (AREA,) and not filled.keys() & {each.name, *others}:
                filled[each.name] = wanted.area_id
    return filled


def _looked_at(
    store: GraphStore,
    model: RiskModel,
    area_id: str | None,
    day: date,
    kept: RisksToday | None,
    counted: CountedPlaces | None,
) -> _LookedAt:
    if kept is None:
        read = partial(risk_of_all, store) if area_id is None else partial(_of_area, store, area_id)
        households = read(model.network, model.measures, day)
        situation = situation_of(model.engine, model.measures, households)
        return _LookedAt(situation, None, bool(households.is_made_up.any()))
    situation = kept.situation
    if area_id is None:
        return _LookedAt(situation, kept.today, bool(kept.is_made_up.any()))
    below = {row["area_id"] for row in (counted or CountedPlaces(store)).tree(area_id)}
    inside = [rows for home, rows in situation.rows_by_area.items() if home in below]
    lives_there = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *inside]))
    return _LookedAt(
        situation.only(lives_there), kept.today.only(lives_there), bool(kept.is_made_up[lives_there].any())
    )


def _of_area(
    store: GraphStore, area_id: str, network: RiskNetwork, measures: RiskMeasures, day: date
) -> RiskHouseholds:
    return risk_of_area(store, network, measures, area_id, day)


def _refuse_what_tells(store: GraphStore, schema: Schema, changes: ScenarioChanges, day: date) -> None:
    """Refuse a programme whose help would tell of a household that it has a sensitive cause."""
    for each in changes.values.nodes.values():
        if each.subject.kind == PROGRAMME:
            programme_id = each.subject.id
            helped = helped_by_programme(store, programme_id, day)[["measure_id", "cause_ids"]]
            offered = offers_of(store, [programme_id])["measure_id"].dropna()
            if any(is_sensitive_measure(schema, str(code)) for code in offered) or any(
                is_sensitive_help(schema, measure_id, cause_ids)
                for measure_id, cause_ids in helped.itertuples(index=False)
            ):
                label = each.name or Label(en=programme_id, zh=programme_id)
                raise SensitiveSubject("sensitive_programme_asked", programme=label)


def _area_names(store: GraphStore, area_ids: Iterable[str]) -> dict[str, AreaName]:
    found = upward(store, area_ids)
    return {area_id: AreaName(way[0]["name"], way[0]["area_level"]) for area_id, way in found.items()}


def _notices(answer: ScenarioAnswer) -> tuple[Notice, ...]:
    notices = [notice("notice_made_up")] if answer.is_made_up else []
    if not answer.is_learned:
        notices.append(notice("notice_risk_score"))
    notices.append(notice("notice_score_not_decision"))
    if not answer.show_sensitive:
        notices.append(notice("notice_risk_sensitive_hidden"))
    if not answer.household_count:
        notices.append(notice("notice_nobody_lives_here"))
    elif not answer.reached_count:
        notices.append(notice("notice_scenario_reaches_nobody"))
    elif not answer.touched_count:
        notices.append(notice("notice_scenario_changes_nothing"))
    if answer.outside_count:
        notices.append(notice("notice_scenario_outside", count=answer.outside_count))
    if answer.hidden_crossing_count:
        notices.append(notice("notice_scenario_hidden_crossing", count=answer.hidden_crossing_count))
    return (*notices, *capped("list_crossing", answer.crossing))
