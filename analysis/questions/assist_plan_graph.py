"""What an assistance plan is made from on the graph: the households of an area, and every programme that there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.fetch.allocation import allocation_frames
from analysis.fetch.places import find_subject
from analysis.fetch.risk import ToldNumbers, risk_of_all, risk_of_area
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice, notice
from analysis.questions.assist_plan_made import AssistSource, RiskSide
from analysis.risk.model import RiskModel
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

AREA = "Area"


@dataclass(frozen=True)
class GraphAssistAsked:
    """Which households are planned for: those of an area and below; None for all.

    `graph_day`: the day that the graph shows, to be told where the plan is for a later one; None: it is not.
    """

    area_id: str | None = None
    graph_day: date | None = None


def graph_assist_source(
    store: GraphStore,
    schema: Schema,
    model: RiskModel,
    asked: GraphAssistAsked,
    day: date,
    *,
    told: ToldNumbers | None = None,
) -> AssistSource:
    """Return what the graph holds on a day. Programmes are all there are: what they promised elsewhere counts too.

    `told`: where the numbers that prerequisites ask about, and payments, are read beside the graph. Raises
    SubjectNotFound for an unknown area.
    """
    area = None
    if asked.area_id is None:
        households = risk_of_all(store, model.network, model.measures, day, told=told)
    else:
        found = find_subject(store, schema, Subject(AREA, asked.area_id), (AREA,))
        area = Place(id=asked.area_id, name=None if found.name is None else found.name.zh)
        households = risk_of_area(store, model.network, model.measures, asked.area_id, day, told=told)
    fetched = allocation_frames(store, model, households, day, ledger=None if told is None else told.ledger)
    programmes = fetched.frames.programmes
    return AssistSource(
        frames=fetched.frames,
        source="graph",
        is_made_up=bool(households.is_made_up.any()) or bool(programmes["is_made_up"].any()),
        area=area,
        notices=_notices(asked, day, fetched.homes_told_twice),
        risk=RiskSide(model, households),
    )


def _notices(asked: GraphAssistAsked, day: date, homes_told_twice: int) -> tuple[Notice, ...]:
    found = []
    if homes_told_twice:
        found.append(notice("notice_assist_two_homes", count=homes_told_twice))
    if asked.graph_day is not None and day > asked.graph_day:
        found.append(notice("notice_plan_after_graph", graph_day=asked.graph_day, day=day))
    return tuple(found)
