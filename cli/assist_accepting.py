"""`plumline assist accept`: a kept draft, or a part of it, becomes planned help that can be withdrawn as one load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from analysis.fetch.kept_assist import kept_assist_plan_since
from cli.assist_rules import household_among
from cli.context import Context, context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit, ShowSensitive, parse_day
from cli.shared_options import spread
from cli.show_assist_accepted import as_shown, show_accepted
from cli.spoken_help import SpokenCommand
from cli.trade_desk import entered
from cli.trade_options import EnteredDay
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.answers import Accepted
from loaders.kept.desk import Desk

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
        household_ids=_households(here, draft, typed.household or ()),
        area_ids=tuple(typed.area or ()),
        programme_ids=tuple(typed.programme or ()),
        starts_on=typed.begins_on,
    )
    hidden: list[int | None] = []

    def accepted(desk: Desk) -> Accepted:
        shown, count = as_shown(
            here, accept(desk, asked), show_sensitive=show_sensitive, names_households=bool(asked.household_ids)
        )
        hidden.append(count)
        return shown

    answer = entered(here, day, wait, accepted)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_accepted(here, answer, limit or SHOWN_ROWS, hidden_count=hidden[0])


def _households(here: Context, draft: str, typed: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of households of the draft: as typed, or by their register numbers."""
    if not typed:
        return ()
    planned = {unit.household_id for unit in kept_assist_plan_since(here.workspace.open_ledger(), draft).units}
    return tuple(household_among(planned, each, here.workspace.identity) for each in typed)
