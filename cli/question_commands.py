"""`plumline chains`, `buyers` and `cause-graph`: each asks one question of the graph and shows the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Generic, TypeVar

import typer

from analysis.errors import SubjectNotFound
from analysis.page import Page
from analysis.questions.answer import Answer, Notice
from analysis.questions.buyers import buyers as ask_buyers
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.questions.chains import chains as ask_chains
from analysis.subject import Subject
from cli.catalogue import CATALOGUE
from cli.cause_graph_forms import write_form
from cli.context import Context, context_of
from cli.question_options import (
    Area,
    Cause,
    Cooperative,
    Day,
    DrawnForm,
    Enterprise,
    Household,
    Limit,
    Lot,
    Product,
    Programme,
    ShowSensitive,
    parse_form,
)
from cli.show_buyers import show_buyers
from cli.show_cause_graph import show_cause_graph
from cli.show_chains import show_chains
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.workspace import ReadyGraph

OPTION_NAMES = {"SupplyLot": "lot"}
SHOWN_ROWS = 8
# A program gets all, unless it asks for less.
ALL_ROWS = 1_000_000_000

AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


@dataclass(frozen=True)
class Asking(Generic[AnyAnswer]):
    """A question: what it is about, the day if not that of the graph, how to ask it and how to show its answer."""

    subject: Subject
    day: date | None
    ask: Callable[[ReadyGraph, Subject, date], AnyAnswer]
    show: Callable[[AnyAnswer], None]


def register(application: typer.Typer) -> None:
    """Add the three questions to the program."""
    application.command("chains", help="help.chains", cls=SpokenCommand)(chains)
    application.command("buyers", help="help.buyers", cls=SpokenCommand)(buyers)
    application.command("cause-graph", help="help.cause_graph", cls=SpokenCommand)(cause_graph)


def chains(
    context: typer.Context,
    household: Household = None,
    area: Area = None,
    programme: Programme = None,
    enterprise: Enterprise = None,
    cooperative: Cooperative = None,
    cause: Cause = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show every chain of help that reaches the subject, and where chains are broken."""
    here = context_of(context)
    work, rows = here.workspace, _rows(here, limit)
    subject = one_subject(
        Household=household,
        Area=area,
        Programme=programme,
        Enterprise=enterprise,
        Cooperative=cooperative,
        Cause=cause,
    )
    answer_question(
        here,
        Asking(
            subject,
            day,
            ask=lambda graph, found, on: ask_chains(
                graph.store,
                work.schema,
                found,
                day=on,
                show_sensitive=show_sensitive,
                page=Page(rows),
                chain_page=Page(ALL_ROWS),
            ),
            show=lambda answer: show_chains(here, answer, rows),
        ),
    )


def buyers(
    context: typer.Context,
    lot: Lot = None,
    household: Household = None,
    cooperative: Cooperative = None,
    product: Product = None,
    day: Day = None,
    limit: Limit = None,
) -> None:
    """Show who could take the surplus produce, and what forbids the others."""
    here = context_of(context)
    work, rows = here.workspace, _rows(here, limit)
    subject = one_subject(SupplyLot=lot, Household=household, Cooperative=cooperative, Product=product)
    answer_question(
        here,
        Asking(
            subject,
            day,
            ask=lambda graph, found, on: ask_buyers(
                graph.store, work.schema, work.policy, found, day=on, page=Page(rows), demand_limit=rows
            ),
            show=lambda answer: show_buyers(here, answer),
        ),
    )


def cause_graph(
    context: typer.Context,
    household: Household = None,
    area: Area = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    form: Annotated[
        DrawnForm | None, typer.Option("--format", metavar="FORM", parser=parse_form, help="option.format")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.output")] = None,
    limit: Limit = None,
) -> None:
    """Show the causes found at the subject, what they lead to, and the evidence."""
    here = context_of(context)
    subject = one_subject(Household=household, Area=area)

    def ask(graph: ReadyGraph, found: Subject, on: date) -> CauseGraphAnswer:
        return ask_cause_graph(graph.store, here.workspace.schema, found, day=on, show_sensitive=show_sensitive)

    def show(answer: CauseGraphAnswer) -> None:
        if form is None:
            show_cause_graph(here, answer, _rows(here, limit))
        else:
            write_form(here, answer, form, output)

    if form is None and output is not None:
        raise UsageError("output_needs_form")
    if form is not None and here.voice.is_json:
        raise UsageError("json_or_form", form=form)
    answer_question(here, Asking(subject, day, ask, show))


def one_subject(**ids: str | None) -> Subject:
    """Return the one subject that was named. Raises UsageError when none or several were."""
    named = [(kind, value) for kind, value in ids.items() if value is not None]
    if len(named) == 1:
        return Subject(*named[0])
    options = ", ".join(f"--{OPTION_NAMES.get(kind, kind.lower())}" for kind in ids)
    raise UsageError("several_subjects" if named else "no_subject", options=options)


def answer_question(here: Context, asking: Asking[AnyAnswer]) -> None:
    """Ask on the newest graph and show the answer; a household may be named by its register number too."""
    with here.workspace.ready_graph(today=here.today) as graph:
        answer = _answer(here, graph, asking)
    here.voice.json(answer)
    if not here.voice.is_json:
        asking.show(answer)


def _answer(here: Context, graph: ReadyGraph, asking: Asking[AnyAnswer]) -> AnyAnswer:
    on = asking.day or graph.day
    try:
        answer = asking.ask(graph, asking.subject, on)
    except SubjectNotFound as not_found:
        if asking.subject.kind != "Household":
            raise
        number = here.workspace.identity.pseudonym("Household", asking.subject.id)
        try:
            answer = asking.ask(graph, Subject("Household", number), on)
        except SubjectNotFound:
            # Told by what was typed, not by what it was turned into.
            raise not_found from None
    return answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})


def graph_notices(graph: ReadyGraph) -> tuple[Notice, ...]:
    """Return what to keep in mind about the graph itself: that it lacks loads, or is one of the past."""
    notices = []
    if graph.missing_loads:
        notices.append(_notice("graph_behind", count=graph.missing_loads))
    if graph.as_of is not None:
        notices.append(_notice("graph_of_the_past", instant=graph.as_of.astimezone().strftime("%Y-%m-%d %H:%M")))
    return tuple(notices)


def _notice(code: str, **fields: object) -> Notice:
    return Notice(code=code, text_en=CATALOGUE.text(code, fields, "en"), text_zh=CATALOGUE.text(code, fields, "zh"))


def _rows(here: Context, limit: int | None) -> int:
    return limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
