"""How at risk are the households of an area, which causes and chains carry it, and why did it change?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from analysis.errors import QuestionError
from analysis.fetch.risk import ToldNumbers, risk_of_all, risk_of_area
from analysis.page import Page
from analysis.places.counted import CountedPlaces
from analysis.questions.answer import Notice, notice
from analysis.questions.risk_answer import RiskAnswer
from analysis.questions.risk_division import Division, division_of
from analysis.risk.by_home import NOWHERE, RiskByHome, RiskSums, highest, risk_by_home, sums_of
from analysis.risk.findings import Places
from analysis.risk.model import RiskModel
from analysis.risk.splits import SplitMemory
from analysis.sensitivity import is_sensitive_cause
from analysis.why.area_changes import ChangeAsked, area_change
from analysis.why.area_parts import HouseholdRisk, PlaceRisk
from analysis.why.area_risk import (
    Told,
    bands_of,
    causes_of,
    chains_of,
    counts_of,
    hidden_share,
    links_of,
    place_risk,
)
from analysis.why.names import cause_name
from analysis.why.parts import Named
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from policy import Policy

LEVEL = "risk.level"


@dataclass(frozen=True)
class RiskAsked:
    """What is asked about an area.

    `above`: the level, 0 to 1; None for the one of the policy. `page`: which page of the households by risk is listed;
    None for no list. `with_change`: whether it is told why the returns changed, which reads what was kept. `known_at`:
    the instant whose knowledge the graph holds, None for all.
    """

    above: float | None = None
    page: Page | None = None
    with_change: bool = False
    show_sensitive: bool = False
    known_at: datetime | None = None


def risk(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    area_id: str | None,
    *,
    day: date,
    asked: RiskAsked | None = None,
    known: RiskByHome | None = None,
    counted: CountedPlaces | None = None,
) -> RiskAnswer:
    """Return how at risk the households of an area are as of `day`; None for all areas.

    `known`: `known_risk` of the area or of more; who asks often makes it once of the whole graph and passes it, as
    `counted`, which is `CountedPlaces(store)`. Raises SubjectNotFound for an unknown area, or a page that begins at a
    household that is not of the list, and QuestionError for a level outside 0 to 1. An area in which nobody lives has
    an answer of zeros that says so.
    """
    how = asked or RiskAsked()
    level = _level(how, policy, area_id, day)
    division = division_of(store, schema, counted or CountedPlaces(store), area_id)
    known = known or known_risk(store, ledger, model, area_id, day=day, known_at=how.known_at)
    told = Told(schema, model, _hidden(schema, model, how))
    place_of_home = division.place_of_home(known)
    by_place = sums_of(known, place_of_home, len(division.places), level)
    whole = sums_of(known, np.where(place_of_home == NOWHERE, NOWHERE, 0), 1, level)
    is_made_up = division.is_made_up or bool(whole.made_up[0])
    rows = np.flatnonzero(place_of_home[known.home] != NOWHERE) if len(known.home) else known.home
    listed = _listed(known, division, rows, how.page) if how.page else _Listed(None, (), None)
    chains, hidden_chain_count = chains_of(told, known, whole, 0)
    change = ChangeAsked(model, division.upward, division.area_ids, day, how.known_at)
    return RiskAnswer(
        asked=division.asked,
        as_of=day,
        is_made_up=is_made_up,
        notices=_notices(told, known, whole, is_made_up=is_made_up),
        show_sensitive=how.show_sensitive,
        network_version=model.version,
        is_learned=model.is_learned,
        target=_target(schema, model),
        level=level,
        path=division.path,
        counts=counts_of(whole, 0),
        without_findings=float(whole.without_findings[0]),
        left_out_count=int(whole.left_out[0]),
        left_out_returns=float(whole.left_out_returns[0]),
        bands=bands_of(whole, 0),
        places=_places(told, division, by_place),
        causes=causes_of(told, whole, 0),
        hidden=hidden_share(told, whole, 0),
        chains=chains,
        hidden_chain_count=hidden_chain_count,
        links=links_of(told, whole, 0),
        total=listed.total,
        households=listed.households,
        next_after=listed.next_after,
        changed_since=area_change(store, ledger, known, rows, change) if how.with_change else None,
    )


def _level(how: RiskAsked, policy: Policy, area_id: str | None, day: date) -> float:
    if how.above is None:
        return policy.number(LEVEL, area_id=area_id, day=day)
    if not 0 < how.above <= 1:
        raise QuestionError("risk_wrong_level", level=how.above)
    return how.above


def known_risk(
    store: GraphStore,
    ledger: Ledger,
    model: RiskModel,
    area_id: str | None,
    *,
    day: date,
    known_at: datetime | None = None,
    memory: SplitMemory | None = None,
) -> RiskByHome:
    """Return the risks of the active households of an area, or of the whole graph for None, by the home of each.

    `memory`: who makes them anew after each load passes the same one.
    """
    told = ToldNumbers(ledger, known_at)
    if area_id is None:
        households = risk_of_all(store, model.network, model.measures, day, told=told)
    else:
        households = risk_of_area(store, model.network, model.measures, area_id, day, told=told)
    return risk_by_home(model, households, memory=memory)


def _places(told: Told, division: Division, sums: RiskSums) -> tuple[PlaceRisk, ...]:
    """Return the places below, and before them the area itself where households live in it and in none of them."""
    is_divided = len(division.places) > 1
    first = 0 if is_divided and sums.households[0] else 1
    return tuple(
        place_risk(told, sums, number, division.places[number], is_itself=number == 0)
        for number in range(first, len(division.places))
    )


@dataclass(frozen=True)
class _Listed:
    total: int | None
    households: tuple[HouseholdRisk, ...]
    next_after: str | None


def _listed(known: RiskByHome, division: Division, rows: Places, page: Page) -> _Listed:
    ordered = highest(known, rows)
    start = 0
    if page.after is not None:
        found = np.flatnonzero(ordered == known.households.row_of(page.after))
        start = int(found[0]) + 1 if len(found) else len(ordered)
    shown = ordered[start : start + page.limit].tolist()
    ids, homes = known.households.ids, known.households.place_of
    return _Listed(
        total=len(ordered),
        households=tuple(
            HouseholdRisk(
                household_id=ids[row],
                area_id=homes[row],
                area_name=division.names.get(homes[row] or ""),
                risk=float(known.risk[row]),
                risk_with_help=float(known.helped[row]),
                is_already=bool(known.is_already[row]),
            )
            for row in shown
        ),
        next_after=ids[shown[-1]] if start + len(shown) < len(ordered) else None,
    )


def _hidden(schema: Schema, model: RiskModel, how: RiskAsked) -> frozenset[str]:
    if how.show_sensitive:
        return frozenset()
    return frozenset(code for code in model.network.codes if is_sensitive_cause(schema, code))


def _target(schema: Schema, model: RiskModel) -> Named:
    code = model.network.codes[model.engine.target_position()]
    name = cause_name(schema, code)
    return Named(code=code, name_en=name.en, name_zh=name.zh)


def _notices(told: Told, known: RiskByHome, whole: RiskSums, *, is_made_up: bool) -> tuple[Notice, ...]:
    hidden = hidden_share(told, whole, 0)
    households, found = int(whole.households[0]), int(whole.findings[0].sum())
    notices: Iterable[tuple[bool, Notice]] = (
        (is_made_up, notice("notice_made_up")),
        (not told.model.is_learned, notice("notice_risk_score")),
        (True, notice("notice_score_not_decision")),
        (not households, notice("notice_nobody_lives_here")),
        (bool(households) and not found, notice("notice_risk_no_finding")),
        (hidden is not None, notice("notice_risk_hidden", count=hidden.cause_count if hidden else 0)),
        (bool(whole.already[0]), notice("notice_risk_already", count=f"{int(whole.already[0]):,}")),
        (bool(whole.left_out[0]), notice("notice_risk_left_out", count=f"{int(whole.left_out[0]):,}")),
        (not known.expected.has_chains, notice("notice_risk_no_chains")),
    )
    return tuple(each for is_so, each in notices if is_so)
