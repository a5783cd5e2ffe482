"""`plumline assist accept`: a kept draft, or a part of it, becomes planned help that can be withdrawn as one load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from cli.context import context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit, ShowSensitive, parse_day
from cli.shared_options import spread
from cli.show_assist_accepted import show_accepted
from cli.spoken_help import SpokenCommand
from cli.trade_desk import entered
from cli.trade_options import EnteredDay
from loaders.kept.assist.accept import Acceptance, accept

Draft = Annotated[str, typer.Argument(metavar="DRAFT", help="argument.assist_draft")]
AcceptedHouseholds = Annotated[
    list[str] | None, typer.Option("--household", metavar="ID", help="option.accepted_household")
]
AcceptedAreas = Annotated[list[str] | None, typer.Option("--area", metavar="CODE", help="option.accepted_area")]
AcceptedProgrammes = Annotated[
    list[str] | None, typer.Option("--programme", metavar="ID", help="option.accepted_programme")
]
BeginsOn = Annotated[date | None, typer.Option("--from", metavar="DAY", parser=parse_day, help="option.accepted_from")]


@dataclass(frozen=True)
class AcceptTyped:
    """Which part of the draft is accepted, and when its help begins. Each field is an option."""

    household: AcceptedHouseholds = None
    area: AcceptedAreas = None
    programme: AcceptedProgrammes = None
    begins_on: BeginsOn = None


def register(group: typer.Typer) -> None:
    """Add the command to `plumline assist`."""
    group.command("accept", help="help.assist_accept", cls=SpokenCommand)(spread(accept_draft))


def accept_draft(
    context: typer.Context,
    draft: Draft,
    *,
    typed: AcceptTyped,
    day: EnteredDay = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter the help of a kept draft, or of a part of it, as planned; all that is named, or nothing."""
    here = context_of(context)
    asked = Acceptance(
        run_id=draft,
        household_ids=tuple(typed.household or ()),
        area_ids=tuple(typed.area or ()),
        programme_ids=tuple(typed.programme or ()),
        starts_on=typed.begins_on,
    )
    answer = entered(here, day, wait, lambda desk: accept(desk, asked))
    here.voice.json(answer)
    if not here.voice.is_json:
        show_accepted(here, answer, limit or SHOWN_ROWS, show_sensitive=show_sensitive)
