"""`plumline assistance`: which help reaches whom in a whole county, and who is left out."""

from __future__ import annotations

import typer

from analysis.links.selection import WithHelp as HelpFilter
from analysis.page import Page
from analysis.questions.assistance import assistance as ask_assistance
from analysis.questions.assistance_filters import AssistanceAsked
from cli.context import context_of
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, graph_notices
from cli.question_options import Area, Cause, Day, Limit, Measure, Programme, ShowSensitive, WithHelp
from cli.show_assistance import show_assistance
from cli.spoken_help import SpokenCommand


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("assistance", help="help.assistance", cls=SpokenCommand)(assistance)


def assistance(
    context: typer.Context,
    area: Area = None,
    programme: Programme = None,
    measure: Measure = None,
    cause: Cause = None,
    with_help: WithHelp = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show who is linked to help by which chains, who is left out, and where the chains break."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    asked = AssistanceAsked(area, programme, measure, cause, _help(with_help))
    with here.workspace.ready_graph(today=here.today) as graph:
        answer = ask_assistance(
            graph.store,
            here.workspace.schema,
            asked,
            day=day or graph.day,
            show_sensitive=show_sensitive,
            page=Page(rows),
            chain_page=Page(ALL_ROWS),
        )
        answer = answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})
    here.voice.json(answer)
    if not here.voice.is_json:
        show_assistance(here, answer, rows)


def _help(with_help: bool | None) -> HelpFilter | None:
    if with_help is None:
        return None
    return "with" if with_help else "without"
