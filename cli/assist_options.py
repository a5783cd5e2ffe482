"""What the commands of `plumline assist` share: the options that say what is planned and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Protocol, Self, TypeVar

import typer

from analysis.assistance.files.rules_file import read_rules
from analysis.fetch.risk import ToldNumbers
from analysis.questions.answer import Notice
from analysis.questions.assist_plan_files import files_assist_source
from analysis.questions.assist_plan_graph import GraphAssistAsked, graph_assist_source
from analysis.questions.assist_plan_made import (
    MOST_PROGRAMMES,
    USUAL_SECONDS,
    AssistSource,
    HowToAssist,
    MadeAssistPlan,
    make_assist_plan,
)
from cli.assist_files import AssistPaths, Chains, Households, Programmes, read_assist_tables
from cli.assist_rules import by_known_households, household_among
from cli.context import Context
from cli.model_used import model_used
from cli.produce_options import parse_seconds
from cli.question_commands import graph_notices
from cli.question_options import Area, Day, ShowSensitive, parse_count
from cli.usage import UsageError

RulesFile = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="option.assist_rules_file")]
Seconds = Annotated[float | None, typer.Option(metavar="N", parser=parse_seconds, help="option.assist_seconds")]
MostProgrammes = Annotated[
    int | None, typer.Option("--most-programmes", metavar="N", parser=parse_count, help="option.most_programmes")
]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="PROGRAMME", help="option.only_programme")]


class Noticed(Protocol):
    """Any answer: each has its notices, and can be copied with others."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what to keep in mind."""

    def model_copy(self, *, update: dict[str, object]) -> Self:
        """Return a copy with other values."""


Told = TypeVar("Told", bound=Noticed)


@dataclass(frozen=True)
class AssistAskedFor:
    """What was typed: files or a part of the graph, the day, the rules and the time. Each field is an option."""

    households: Households = None
    programmes: Programmes = None
    chains: Chains = None
    rules: RulesFile = None
    most_programmes: MostProgrammes = None
    only: Only = None
    seconds: Seconds = None
    area: Area = None
    day: Day = None
    show_sensitive: ShowSensitive = False

    @property
    def is_of_graph(self) -> bool:
        """Return whether the graph is planned, because no file is named."""
        return self.households is None and self.programmes is None and self.chains is None

    @property
    def names_nothing(self) -> bool:
        """Return whether nothing was typed that says what is planned, as where a kept draft says it."""
        return self == AssistAskedFor(seconds=self.seconds, show_sensitive=self.show_sensitive)


@dataclass(frozen=True)
class AssistPlanning:
    """What a plan is made from, for which day and how, and what to keep in mind about the graph.

    `known_at`: the past instant whose knowledge the graph shows; None for what is known now, and for files.
    """

    source: AssistSource
    day: date
    how: HowToAssist
    notices: tuple[Notice, ...] = ()
    known_at: datetime | None = None

    def known_household(self, here: Context) -> Callable[[str], str]:
        """Return what gives a household's id by what was typed: of files that is the id."""
        if self.source.source != "graph":
            return str
        known = set(self.source.frames.households["household_id"])
        return lambda typed: household_among(known, typed, here.workspace.identity)

    def by_known_households(self, here: Context) -> AssistPlanning:
        """Return the same order, its rules naming households by their ids, however a file named them."""
        if self.how.rules is None:
            return self
        rules = by_known_households(self.how.rules, self.known_household(here))
        return replace(self, how=replace(self.how, rules=rules))

    def made(self, here: Context) -> MadeAssistPlan:
        """Return the plan. Raises as `make_assist_plan`."""
        return make_assist_plan(self.source, here.workspace.schema, self.day, self.how)

    def noted(self, answer: Told) -> Told:
        """Return the answer with what is to be kept in mind about the graph."""
        return answer.model_copy(update={"notices": (*answer.notices, *self.notices)})


def planning_of(here: Context, asked: AssistAskedFor) -> AssistPlanning:
    """Return what to plan from: files alone, or the graph where none is named. Raises UsageError for half of either."""
    how = HowToAssist(
        rules=None if asked.rules is None else read_rules(asked.rules),
        most_programmes=asked.most_programmes or MOST_PROGRAMMES,
        seconds=asked.seconds or USUAL_SECONDS,
        programme_ids=only(asked.only or ()),
    )
    if asked.is_of_graph:
        return planning_on_graph(here, how, area=asked.area, day=asked.day).by_known_households(here)
    if asked.households is None or asked.programmes is None:
        raise UsageError("households_and_programmes")
    if asked.area is not None:
        raise UsageError("area_of_assist_files")
    tables = read_assist_tables(AssistPaths(asked.households, asked.programmes, asked.chains))
    day = asked.day or here.today
    return AssistPlanning(files_assist_source(tables, here.workspace.schema, day), day, how)


def planning_on_graph(here: Context, how: HowToAssist, *, area: str | None, day: date | None) -> AssistPlanning:
    """Return what to plan from on the graph: an area, or all of it; for the day of the graph unless one is given."""
    work = here.workspace
    with work.ready_graph(today=here.today) as graph:
        on = day or graph.day
        told = ToldNumbers(work.open_ledger(), graph.as_of)
        source = graph_assist_source(
            graph.store,
            work.schema,
            model_used(here, graph),
            GraphAssistAsked(area, graph.day),
            on,
            told=told,
        )
        return AssistPlanning(source, on, how, graph_notices(graph), graph.as_of)


def only(programmes: Sequence[str]) -> tuple[str, ...] | None:
    """Return the only programmes that give, each once and sorted; None where all may."""
    return tuple(sorted(set(programmes))) or None
