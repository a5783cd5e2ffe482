"""What the commands of `plumline produce` share: the options that say what is planned and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from analysis.produce.plan.rules import read_rules
from analysis.questions.answer import Notice
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.questions.produce_plan import PlanSource, files_source
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from analysis.questions.produce_plan_made import USUAL_SECONDS, HowToPlan
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from cli.context import Context
from cli.produce_files import (
    Cooperatives,
    Demands,
    Distances,
    Lots,
    Members,
    ProducePaths,
    read_road_frame,
    read_tables,
)
from cli.question_commands import graph_notices
from cli.question_options import Area, Day, Product
from cli.usage import UsageError

Told = TypeVar(
    "Told", ProducePlanAnswer, ProduceWhyAnswer, ProduceWorthAnswer, ProduceCompareAnswer, ProduceGlutsAnswer
)


def parse_seconds(text: str) -> float:
    """Return a number of seconds above 0. Raises UsageError."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError("not_seconds", value=text)
    return seconds


RulesFile = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="option.rules_file")]
Seconds = Annotated[float | None, typer.Option(metavar="N", parser=parse_seconds, help="option.plan_seconds")]


@dataclass(frozen=True)
class PlanAskedFor:
    """What was typed: files or a part of the graph, the day, the rules and the time. Each field is an option."""

    lots: Lots = None
    demands: Demands = None
    cooperatives: Cooperatives = None
    members: Members = None
    distances: Distances = None
    rules: RulesFile = None
    seconds: Seconds = None
    area: Area = None
    product: Product = None
    day: Day = None

    @property
    def is_of_graph(self) -> bool:
        """Return whether the graph is planned, because no file of lots or demands is named."""
        return self.lots is None and self.demands is None


@dataclass(frozen=True)
class Planning:
    """What a plan is made from, for which day and how, and what to keep in mind about the graph.

    `known_at`: the past instant whose knowledge the graph shows; None for what is known now, and for files.
    """

    source: PlanSource
    day: date
    how: HowToPlan
    notices: tuple[Notice, ...] = ()
    known_at: datetime | None = None

    def noted(self, answer: Told) -> Told:
        """Return the answer with what is to be kept in mind about the graph."""
        return answer.model_copy(update={"notices": (*answer.notices, *self.notices)})


def planning_of(here: Context, asked: PlanAskedFor) -> Planning:
    """Return what to plan from: files alone, or the graph where none is named. Raises UsageError for half of either."""
    how = HowToPlan(
        area_id=asked.area,
        rules=None if asked.rules is None else read_rules(asked.rules),
        seconds=asked.seconds or USUAL_SECONDS,
    )
    if asked.is_of_graph:
        return _of_graph(here, asked, how)
    if asked.lots is None or asked.demands is None:
        raise UsageError("lots_and_demands")
    if asked.area is not None or asked.product is not None:
        raise UsageError("area_of_produce_files")
    paths = ProducePaths(asked.lots, asked.demands, asked.cooperatives, asked.distances, asked.members)
    day = asked.day or here.today
    return Planning(files_source(read_tables(paths), here.workspace.schema, day), day, how)


def _of_graph(here: Context, asked: PlanAskedFor, how: HowToPlan) -> Planning:
    if asked.cooperatives is not None or asked.members is not None:
        raise UsageError("cooperatives_of_graph")
    roads = None if asked.distances is None else read_road_frame(asked.distances)
    with here.workspace.ready_graph(today=here.today) as graph:
        day = asked.day or graph.day
        source = graph_source(
            graph.store, here.workspace.schema, GraphPlanAsked(asked.area, asked.product, roads, graph.day), day
        )
        return Planning(source, day, how, graph_notices(graph), graph.as_of)
