"""`plumline board`: what produce is on offer and what is wanted, by product and week."""

from __future__ import annotations

import typer

from analysis.page import Page
from analysis.questions.board import BoardAsked
from analysis.questions.board import board as ask_board
from cli.context import context_of
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, graph_notices
from cli.question_options import Area, Day, Limit, Product, Week
from cli.show_board import show_board
from cli.spoken_help import SpokenCommand


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("board", help="help.board", cls=SpokenCommand)(board)


def board(
    context: typer.Context,
    area: Area = None,
    product: Product = None,
    week: Week = None,
    day: Day = None,
    limit: Limit = None,
) -> None:
    """Show what is on offer and wanted, week by week, then the lots and the demands."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    asked = BoardAsked(area, product, week, lot_page=Page(rows), demand_page=Page(rows))
    with here.workspace.ready_graph(today=here.today) as graph:
        work = here.workspace
        answer = ask_board(graph.store, work.schema, work.policy, day=day or graph.day, asked=asked)
        answer = answer.model_copy(update={"notices": (*answer.notices, *graph_notices(graph))})
    here.voice.json(answer)
    if not here.voice.is_json:
        show_board(here, answer)
