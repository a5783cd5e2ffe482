"""`plumline produce plan`, `explain`, `compare` and `gluts`: all surplus produce at once, of the graph or of files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from analysis.produce.plan.rules import read_rules
from analysis.questions.answer import Notice
from analysis.questions.produce_compare import ProduceCompareAnswer, produce_compare
from analysis.questions.produce_gluts import ProduceGlutsAnswer, produce_gluts
from analysis.questions.produce_plan import PlanSource, files_source, produce_plan
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from analysis.questions.produce_plan_made import USUAL_SECONDS, HowToPlan
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer, produce_why, produce_worth
from analysis.tables.produce_plan_tables import produce_plan_tables
from cli.context import Context, context_of
from cli.produce_files import (
    Cooperatives,
    Demands,
    Distances,
    Lots,
    ProducePaths,
    read_road_frame,
    read_tables,
)
from cli.question_commands import SHOWN_ROWS, graph_notices
from cli.question_options import Area, Day, Limit, Product
from cli.show_produce_plan import show_produce_plan
from cli.show_produce_why import (
    show_produce_compare,
    show_produce_gluts,
    show_produce_why,
    show_produce_worth,
)
from cli.spoken_help import SpokenCommand, SpokenGroup
from cli.table_files import TableFile, write_tables
from cli.usage import UsageError

NOT_DONE = 2
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
    """What was typed: files or a part of the graph, the day, the rules and the time."""

    lots: Path | None
    demands: Path | None
    cooperatives: Path | None
    distances: Path | None
    rules: Path | None
    seconds: float | None
    area: str | None
    product: str | None
    day: date | None


@dataclass(frozen=True)
class Planning:
    """What a plan is made from, for which day and how, and what to keep in mind about the graph."""

    source: PlanSource
    day: date
    how: HowToPlan
    notices: tuple[Notice, ...] = ()

    def noted(self, answer: Told) -> Told:
        """Return the answer with what is to be kept in mind about the graph."""
        return answer.model_copy(update={"notices": (*answer.notices, *self.notices)})


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, add_completion=False, rich_markup_mode=None)
    group.callback()(produce)
    group.command("plan", help="help.produce_plan", cls=SpokenCommand)(plan)
    group.command("explain", help="help.produce_explain", cls=SpokenCommand)(explain)
    group.command("compare", help="help.produce_compare", cls=SpokenCommand)(compare)
    group.command("gluts", help="help.produce_gluts", cls=SpokenCommand)(gluts)
    application.add_typer(group, name="produce", help="help.produce")


def produce(context: typer.Context) -> None:
    """Show the commands of the group where none was typed."""
    if context.invoked_subcommand is None:
        if context_of(context).voice.is_json:
            raise UsageError("command_missing")
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)


def plan(
    context: typer.Context,
    lots: Lots = None,
    demands: Demands = None,
    cooperatives: Cooperatives = None,
    distances: Distances = None,
    rules: RulesFile = None,
    seconds: Seconds = None,
    area: Area = None,
    product: Product = None,
    day: Day = None,
    limit: Limit = None,
    output: TableFile = None,
) -> None:
    """Plan all lots at once, and show who sends what to whom and what stays."""
    here = context_of(context)
    asked = PlanAskedFor(lots, demands, cooperatives, distances, rules, seconds, area, product, day)
    planning = planning_of(here, asked)
    work = here.workspace
    answer = planning.noted(produce_plan(planning.source, work.schema, work.policy, day=planning.day, how=planning.how))
    if output is not None:
        write_tables(here.voice, produce_plan_tables(answer, work.schema), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_plan(here.voice, answer, limit or SHOWN_ROWS)


def explain(
    context: typer.Context,
    lot: Annotated[str | None, typer.Argument(metavar="LOT", help="argument.explained_lot")] = None,
    demand: Annotated[str | None, typer.Option(metavar="ID", help="option.explained_demand")] = None,
    lots: Lots = None,
    demands: Demands = None,
    cooperatives: Cooperatives = None,
    distances: Distances = None,
    rules: RulesFile = None,
    seconds: Seconds = None,
    area: Area = None,
    product: Product = None,
    day: Day = None,
) -> None:
    """Tell why a lot stays unsold and what would sell it, or what more of a demand is worth."""
    here = context_of(context)
    if (lot is None) == (demand is None):
        raise UsageError("lot_or_demand")
    asked = PlanAskedFor(lots, demands, cooperatives, distances, rules, seconds, area, product, day)
    planning = planning_of(here, asked)
    schema, policy = here.workspace.schema, here.workspace.policy
    if lot is not None:
        why = planning.noted(produce_why(planning.source, schema, policy, lot, day=planning.day, how=planning.how))
        here.voice.json(why)
        if not here.voice.is_json:
            show_produce_why(here.voice, why)
    if demand is not None:
        worth = planning.noted(
            produce_worth(planning.source, schema, policy, demand, day=planning.day, how=planning.how)
        )
        here.voice.json(worth)
        if not here.voice.is_json:
            show_produce_worth(here.voice, worth)


def compare(
    context: typer.Context,
    lots: Lots = None,
    demands: Demands = None,
    cooperatives: Cooperatives = None,
    distances: Distances = None,
    rules: RulesFile = None,
    seconds: Seconds = None,
    area: Area = None,
    product: Product = None,
    day: Day = None,
    limit: Limit = None,
) -> None:
    """Show the plan beside the best pair first, and beside the plan that favours nobody."""
    here = context_of(context)
    asked = PlanAskedFor(lots, demands, cooperatives, distances, rules, seconds, area, product, day)
    planning = planning_of(here, asked)
    answer = planning.noted(produce_compare(planning.source, here.workspace.policy, day=planning.day, how=planning.how))
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_compare(here.voice, answer, limit or SHOWN_ROWS)


def gluts(
    context: typer.Context,
    lots: Lots = None,
    demands: Demands = None,
    cooperatives: Cooperatives = None,
    distances: Distances = None,
    rules: RulesFile = None,
    seconds: Seconds = None,
    area: Area = None,
    product: Product = None,
    day: Day = None,
    limit: Limit = None,
) -> None:
    """Show what will be ready and not sell, and what would help most."""
    here = context_of(context)
    asked = PlanAskedFor(lots, demands, cooperatives, distances, rules, seconds, area, product, day)
    planning = planning_of(here, asked)
    work = here.workspace
    answer = planning.noted(
        produce_gluts(planning.source, work.schema, work.policy, day=planning.day, how=planning.how)
    )
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_gluts(here.voice, answer, limit or SHOWN_ROWS)


def planning_of(here: Context, asked: PlanAskedFor) -> Planning:
    """Return what to plan from: files alone, or the graph where none is named. Raises UsageError for half of either."""
    how = HowToPlan(
        area_id=asked.area,
        rules=None if asked.rules is None else read_rules(asked.rules),
        seconds=asked.seconds or USUAL_SECONDS,
    )
    if asked.lots is None and asked.demands is None:
        return _of_graph(here, asked, how)
    if asked.lots is None or asked.demands is None:
        raise UsageError("lots_and_demands")
    if asked.area is not None or asked.product is not None:
        raise UsageError("area_of_produce_files")
    paths = ProducePaths(asked.lots, asked.demands, asked.cooperatives, asked.distances)
    day = asked.day or here.today
    return Planning(files_source(read_tables(paths), here.workspace.schema, day), day, how)


def _of_graph(here: Context, asked: PlanAskedFor, how: HowToPlan) -> Planning:
    if asked.cooperatives is not None:
        raise UsageError("cooperatives_of_graph")
    roads = None if asked.distances is None else read_road_frame(asked.distances)
    with here.workspace.ready_graph(today=here.today) as graph:
        day = asked.day or graph.day
        source = graph_source(graph.store, here.workspace.schema, GraphPlanAsked(asked.area, asked.product, roads), day)
        return Planning(source, day, how, graph_notices(graph))
