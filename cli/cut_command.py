"""`plumline cut`: the cheapest help that brings a household's risk down, and what a budget could cut in an area."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from analysis.amounts import FEN_IN_A_YUAN
from analysis.questions.cut import AREA, HOUSEHOLD, Budget
from analysis.questions.cut import area_cut as ask_area_cut
from analysis.questions.cut import household_cut as ask_household_cut
from analysis.subject import Subject
from cli.context import Context, context_of
from cli.model_used import model_used
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, Asking, answer_question
from cli.question_options import Area, Day, Limit, ShowSensitive, parse_count
from cli.show_cut import show_area_cut, show_household_cut
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError

USUAL_MOST = 2


def parse_level(text: str) -> float:
    """Return a risk from 0 to 1. Raises UsageError for what is no number; the question checks the rest."""
    try:
        return float(text)
    except ValueError as error:
        raise UsageError("not_a_level", value=text) from error


def parse_yuan(text: str) -> int:
    """Return an amount written in yuan, with at most two decimals, in fen. Raises UsageError."""
    try:
        fen = Decimal(text.replace(",", "")) * FEN_IN_A_YUAN
    except InvalidOperation as error:
        raise UsageError("not_an_amount", value=text) from error
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise UsageError("not_an_amount", value=text)
    return int(fen)


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("cut", help="help.cut", cls=SpokenCommand)(cut)


def cut(
    context: typer.Context,
    household: Annotated[str | None, typer.Argument(metavar="HOUSEHOLD", help="argument.household")] = None,
    level: Annotated[float | None, typer.Option(metavar="SHARE", parser=parse_level, help="option.cut_level")] = None,
    area: Area = None,
    budget: Annotated[int | None, typer.Option(metavar="YUAN", parser=parse_yuan, help="option.budget")] = None,
    most: Annotated[int | None, typer.Option(metavar="N", parser=parse_count, help="option.most")] = None,
    programmes: Annotated[bool, typer.Option("--programmes", help="option.programmes")] = False,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show the cheapest help for a household, or what a budget could cut in an area."""
    here = context_of(context)
    if (household is None) == (area is None):
        raise UsageError("cut_household_or_area")
    if household is not None:
        if budget is not None or most is not None or programmes:
            raise UsageError("cut_area_options")
        _of_household(here, Subject(HOUSEHOLD, household), level, day=day, show_sensitive=show_sensitive)
    elif area is not None:
        if level is not None:
            raise UsageError("cut_household_options")
        if budget is None:
            raise UsageError("cut_budget_missing")
        spending = Budget(budget, USUAL_MOST if most is None else most, programmes)
        _of_area(here, Subject(AREA, area), spending, limit, day=day, show_sensitive=show_sensitive)


def _of_household(here: Context, subject: Subject, level: float | None, *, day: Day, show_sensitive: bool) -> None:
    work = here.workspace
    answer_question(
        here,
        Asking(
            subject,
            day,
            ask=lambda graph, found, on: ask_household_cut(
                graph.store,
                work.open_ledger(),
                work.schema,
                work.policy,
                model_used(here, graph),
                found.id,
                day=on,
                level=level,
                show_sensitive=show_sensitive,
                known_at=graph.as_of,
            ),
            show=lambda answer: show_household_cut(here, answer),
        ),
    )


def _of_area(
    here: Context, subject: Subject, budget: Budget, limit: int | None, *, day: Day, show_sensitive: bool
) -> None:
    work = here.workspace
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    answer_question(
        here,
        Asking(
            subject,
            day,
            ask=lambda graph, found, on: ask_area_cut(
                graph.store,
                work.open_ledger(),
                work.schema,
                work.policy,
                model_used(here, graph),
                found.id,
                budget,
                day=on,
                show_sensitive=show_sensitive,
                known_at=graph.as_of,
            ),
            show=lambda answer: show_area_cut(here, answer, rows),
        ),
    )
