"""`plumline chains`, `buyers` and `cause-graph`: each asks one question of the graph and shows the answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import SubjectNotFound
from analysis.questions.answer import Answer
from analysis.questions.buyers import buyers as ask_buyers
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.questions.chains import chains as ask_chains
from analysis.subject import Subject
from cli.cause_graph_forms import CauseGraphForm, write_form
from cli.context import Context, context_of
from cli.question_options import (
    Area,
    Cause,
    Cooperative,
    Day,
    Enterprise,
    Household,
    Lot,
    Product,
    Programme,
    ShowSensitive,
)
from cli.show_buyers import show_buyers
from cli.show_cause_graph import show_cause_graph
from cli.show_chains import show_chains
from cli.usage import UsageError
from loaders.workspace import ReadyGraph


class Form(StrEnum):
    """The forms that a cause graph comes in."""

    TEXT = "text"
    NODE_LINK = "node-link"
    GRAPHML = "graphml"
    SVG = "svg"
    HTML = "html"


def register(application: typer.Typer) -> None:
    """Add the three questions to the program."""
    application.command("chains", help="help.chains")(chains)
    application.command("buyers", help="help.buyers")(buyers)
    application.command("cause-graph", help="help.cause_graph")(cause_graph)


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
) -> None:
    """Show every chain of help that reaches the subject, and where chains are broken."""
    here = context_of(context)
    subject = one_subject(
        Household=household,
        Area=area,
        Programme=programme,
        Enterprise=enterprise,
        Cooperative=cooperative,
        Cause=cause,
    )

    def ask(graph: ReadyGraph, subject: Subject) -> Answer:
        schema, policy = here.workspace.schema, here.workspace.policy
        asked_day = day.date() if day else graph.day
        return ask_chains(graph.store, schema, policy, subject, day=asked_day, show_sensitive=show_sensitive)

    answer_question(here, subject, ask, show_chains)


def buyers(
    context: typer.Context,
    lot: Lot = None,
    household: Household = None,
    cooperative: Cooperative = None,
    product: Product = None,
    day: Day = None,
) -> None:
    """Show who could take the surplus produce, and what forbids the others."""
    here = context_of(context)
    subject = one_subject(SupplyLot=lot, Household=household, Cooperative=cooperative, Product=product)

    def ask(graph: ReadyGraph, subject: Subject) -> Answer:
        schema, policy = here.workspace.schema, here.workspace.policy
        return ask_buyers(graph.store, schema, policy, subject, day=day.date() if day else graph.day)

    answer_question(here, subject, ask, show_buyers)


def cause_graph(
    context: typer.Context,
    household: Household = None,
    area: Area = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    form: Annotated[Form, typer.Option("--format", help="option.format")] = Form.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="option.output", show_default=False)] = None,
) -> None:
    """Show the causes found at the subject, what they lead to, and the evidence."""
    here = context_of(context)
    subject = one_subject(Household=household, Area=area)

    def ask(graph: ReadyGraph, subject: Subject) -> Answer:
        asked_day = day.date() if day else graph.day
        return ask_cause_graph(
            graph.store, here.workspace.schema, subject, day=asked_day, show_sensitive=show_sensitive
        )

    if form is Form.TEXT:
        answer_question(here, subject, ask, show_cause_graph)
        return
    wanted: CauseGraphForm = form.value  # type: ignore[assignment] # the enum has just these values, text apart
    answer_question(here, subject, ask, lambda _, answer: write_form(here, answer, wanted, output))


def one_subject(**ids: str | None) -> Subject:
    """Return the one subject that was named. Raises UsageError when none or several were."""
    named = [(kind, value) for kind, value in ids.items() if value is not None]
    if len(named) != 1:
        names = {"SupplyLot": "lot"}
        options = ", ".join(f"--{names.get(kind, kind.lower())}" for kind in ids)
        raise UsageError("one_subject_needed", options=options, count=len(named))
    kind, value = named[0]
    return Subject(kind, value)


def answer_question(
    here: Context,
    subject: Subject,
    ask: Callable[[ReadyGraph, Subject], Answer],
    show: Callable[[Context, Answer], None],
) -> None:
    """Ask on the newest graph and show the answer; a household may be named by its register number too."""
    with here.workspace.ready_graph(today=here.today) as graph:
        try:
            answer = ask(graph, subject)
        except SubjectNotFound:
            if subject.kind != "Household":
                raise
            by_number = Subject("Household", here.workspace.identity.pseudonym("Household", subject.id))
            answer = ask(graph, by_number)
        if graph.missing_loads:
            here.voice.say("graph_behind", count=graph.missing_loads)
    here.voice.json(answer.model_dump_json(indent=2))
    show(here, answer)
