"""`plumline history HOUSEHOLD`: what became known of a household, when, from whom, about which time."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Annotated

import typer

from analysis.errors import SubjectNotFound
from analysis.history.entries import Axis, Ordering
from analysis.page import Page
from analysis.questions.history import HistoryAnswer, HistoryAsked
from analysis.questions.history import history as ask_history
from analysis.subject import Subject
from cli.context import Context, context_of
from cli.question_options import ShowSensitive, parse_count, parse_day
from cli.show_history import show_history
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError

AXES: tuple[Axis, ...] = ("recorded", "world")
# All of it, unless less is asked for.
ALL_ENTRIES = 1_000_000_000


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("history", help="help.history", cls=SpokenCommand)(history)


def parse_axis(text: str) -> Axis:
    """Return by which day a history is ordered. Raises UsageError."""
    for known in AXES:
        if text == known:
            return known
    raise UsageError("no_such_order", order=text, known=", ".join(AXES))


def history(
    context: typer.Context,
    household: Annotated[str, typer.Argument(metavar="HOUSEHOLD", help="argument.household")],
    by: Annotated[
        Axis, typer.Option(metavar="recorded|world", parser=parse_axis, help="option.history_by")
    ] = "recorded",
    first_day: Annotated[
        date | None, typer.Option("--from", metavar="DAY", parser=parse_day, help="option.history_from")
    ] = None,
    last_day: Annotated[
        date | None, typer.Option("--until", metavar="DAY", parser=parse_day, help="option.history_until")
    ] = None,
    day: Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.history_day")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", parser=parse_count, help="option.history_limit")] = None,
    after: Annotated[str | None, typer.Option(metavar="KEY", help="option.history_after")] = None,
    show_sensitive: ShowSensitive = False,
) -> None:
    """Tell the history of a household in sentences, oldest first."""
    here = context_of(context)
    if first_day is not None and last_day is not None and first_day > last_day:
        raise UsageError("days_reversed", first=first_day, last=last_day)
    answer = asked_by_any_number(
        here,
        household,
        day=day,
        asked=HistoryAsked(
            ordering=Ordering(by, first_day, last_day, _zone_here()),
            page=Page(limit or ALL_ENTRIES, after),
            show_sensitive=show_sensitive,
        ),
    )
    here.voice.json(answer)
    if not here.voice.is_json:
        show_history(here, answer)


def asked_by_any_number(here: Context, number: str, *, day: date | None, asked: HistoryAsked) -> HistoryAnswer:
    """Return the history of a household named by its id or its register number."""
    work = here.workspace
    ledger, on = work.open_ledger(), day or here.today
    try:
        return ask_history(ledger, work.schema, Subject("Household", number), day=on, asked=asked)
    except SubjectNotFound as not_found:
        household = Subject("Household", work.identity.pseudonym("Household", number))
        try:
            return ask_history(ledger, work.schema, household, day=on, asked=asked)
        except SubjectNotFound:
            # Told by what was typed, not by what it was turned into.
            raise not_found from None


def _zone_here() -> tzinfo | None:
    return datetime.now().astimezone().tzinfo
