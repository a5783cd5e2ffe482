"""`plumline contradictions`: where feeds contradict each other about a household or in an area."""

from __future__ import annotations

import typer

from analysis.page import Page
from analysis.questions.contradictions import contradictions as ask_contradictions
from cli.context import context_of
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, Asking, answer_question, one_subject
from cli.question_options import Area, Day, Household, Limit, ShowSensitive
from cli.show_contradictions import show_contradictions_answer
from cli.spoken_help import SpokenCommand


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("contradictions", help="help.contradictions", cls=SpokenCommand)(contradictions)


def contradictions(
    context: typer.Context,
    household: Household = None,
    area: Area = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show where feeds contradict each other, how old is what each says, and which one is believed."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    answer_question(
        here,
        Asking(
            one_subject(Household=household, Area=area),
            day,
            ask=lambda graph, found, on: ask_contradictions(
                graph.store, here.workspace.schema, found, day=on, show_sensitive=show_sensitive, page=Page(rows)
            ),
            show=lambda answer: show_contradictions_answer(here, answer, rows),
        ),
    )
