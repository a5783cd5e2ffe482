"""The options that questions and data commands share, each with its help text, and how their values are read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

import typer

from cli.usage import UsageError
from graph_schema.messages import LANGUAGES, Language

DrawnForm = Literal["node-link", "graphml", "svg", "html"]
FORMS: tuple[DrawnForm, ...] = get_args(DrawnForm)
WORDS = "text"
LAST_PORT = 65535


def parse_day(text: str) -> date:
    """Return a day written as 2026-04-20. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("no_such_day", day=text) from error


def parse_language(text: str) -> Language:
    """Return one of our languages. Raises UsageError."""
    for known in LANGUAGES:
        if text == known:
            return known
    raise UsageError("no_such_language", language=text, known=", ".join(LANGUAGES))


def parse_form(text: str) -> DrawnForm | None:
    """Return a form of the cause graph for other programs, None for words. Raises UsageError."""
    if text == WORDS:
        return None
    for known in FORMS:
        if text == known:
            return known
    raise UsageError("no_such_form", form=text, known=", ".join((WORDS, *FORMS)))


def parse_count(text: str) -> int:
    """Return a whole number from 1 on. Raises UsageError."""
    if not text.isdecimal() or int(text) < 1:
        raise UsageError("not_a_count", value=text)
    return int(text)


def parse_port(text: str | int) -> int:
    """Return the number of a port. Raises UsageError."""
    port = int(text) if str(text).isdecimal() else 0
    if not 1 <= port <= LAST_PORT:
        raise UsageError("no_such_port", port=text, last=LAST_PORT)
    return port


Household = Annotated[str | None, typer.Option(metavar="ID", help="option.household")]
Area = Annotated[str | None, typer.Option(metavar="CODE", help="option.area")]
Programme = Annotated[str | None, typer.Option(metavar="ID", help="option.programme")]
Enterprise = Annotated[str | None, typer.Option(metavar="ID", help="option.enterprise")]
Cooperative = Annotated[str | None, typer.Option(metavar="ID", help="option.cooperative")]
Cause = Annotated[str | None, typer.Option(metavar="CODE", help="option.cause")]
Measure = Annotated[str | None, typer.Option(metavar="CODE", help="option.measure")]
WithHelp = Annotated[bool | None, typer.Option("--with-help/--without-help", help="option.with_help")]
Lot = Annotated[str | None, typer.Option(metavar="ID", help="option.lot")]
Product = Annotated[str | None, typer.Option(metavar="CODE", help="option.product")]
Week = Annotated[str | None, typer.Option(metavar="WEEK", help="option.week")]
Day = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.day")]
AsOf = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.as_of")]
Limit = Annotated[int | None, typer.Option(metavar="N", parser=parse_count, help="option.limit")]
ShowSensitive = Annotated[bool, typer.Option("--show-sensitive", help="option.show_sensitive")]
