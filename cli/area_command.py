"""`plumline area CODE`: how an area stands, by cause and by help, and the places below it."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.places.parts import CauseCount, PlaceCounted
from analysis.questions.area import AREA, AreaAnswer
from analysis.questions.area import area as ask_area
from analysis.subject import Subject
from cli.answer_head import show_head
from cli.context import Context, context_of
from cli.naming import word_name
from cli.question_commands import ALL_ROWS, SHOWN_ROWS, Asking, answer_question
from cli.question_options import Day, Limit, ShowSensitive
from cli.spoken_help import SpokenCommand
from cli.voice import Voice

PATH_JOINT = " › "
PLACE_COLUMNS = (
    "column.code",
    "column.place",
    "column.households",
    "column.with_finding",
    "column.with_help",
    "column.left_out",
    "column.top_causes",
)
CAUSE_COLUMNS = ("column.code", "column.cause", "column.households", "column.confirmed")
EVENT_COLUMNS = ("column.kind", "column.place", "column.since", "column.ends")


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("area", help="help.area", cls=SpokenCommand)(area)


def area(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="argument.area")],
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show an area: where it lies, its households, the places below, its commonest causes."""
    here = context_of(context)
    rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    answer_question(
        here,
        Asking(
            Subject(AREA, code),
            day,
            ask=lambda graph, found, on: ask_area(
                graph.store, here.workspace.schema, found.id, day=on, show_sensitive=show_sensitive
            ),
            show=lambda answer: show_area(here, answer, rows),
        ),
    )


def show_area(here: Context, answer: AreaAnswer, most_rows: int) -> None:
    """Print the way to the area, its counts, its causes, the places below, and what hit it."""
    voice, counts = here.voice, answer.counts
    show_head(here, answer)
    voice.line(PATH_JOINT.join(each.name or each.area_id for each in answer.path))
    voice.say(
        "area.counts",
        households=f"{counts.household_count:,}",
        finding=f"{counts.with_finding_count:,}",
        help=f"{counts.with_help_count:,}",
        without=f"{counts.without_help_count:,}",
    )
    lived_in = [each for each in answer.places if each.counts.household_count]
    if lived_in:
        voice.heading("area.places")
        voice.table(PLACE_COLUMNS, [_place(each, voice) for each in lived_in])
    if len(lived_in) < len(answer.places):
        voice.say("area.no_households_in", count=f"{len(answer.places) - len(lived_in):,}")
    if answer.causes:
        voice.heading("area.causes")
        voice.table(CAUSE_COLUMNS, [_cause(each, voice) for each in answer.causes[:most_rows]])
        voice.more(len(answer.causes) - most_rows)
    if answer.shocks:
        voice.heading("area.shocks")
        voice.table(
            EVENT_COLUMNS,
            [
                [word_name(each.kind, voice), each.place.name or each.place.area_id, each.starts_on, each.ends_on]
                for each in answer.shocks[:most_rows]
            ],
        )
        voice.more(len(answer.shocks) - most_rows)


def _place(each: PlaceCounted, voice: Voice) -> list[str | int]:
    counts = each.counts
    told = [f"{word_name(cause.cause, voice)} {cause.household_count:,}" for cause in each.causes]
    name = voice.text("area.itself") if each.is_itself else each.name or each.area_id
    numbers = [
        counts.household_count,
        counts.with_finding_count,
        counts.with_help_count,
        counts.without_help_count,
    ]
    return [each.area_id, name, *numbers, voice.listed(told)]


def _cause(each: CauseCount, voice: Voice) -> list[str | int]:
    return [each.cause.id, word_name(each.cause, voice), each.household_count, each.confirmed_count]
