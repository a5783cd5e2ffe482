"""`plumline assist explain` with --worth, --more, --links and parties: what more is worth, and what falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.why.grants import BUDGET, Change
from analysis.questions.assist_dependence import told_assist_dependence
from analysis.questions.assist_links import told_assist_links
from analysis.questions.assist_worth import told_assist_worth
from analysis.tables.assist_worth_tables import assist_dependence_tables, assist_links_tables, assist_worth_tables
from cli.assist_explained import Explaining
from cli.question_options import Cooperative, Enterprise, Programme
from cli.show_assist_worth import show_assist_dependence, show_assist_links, show_assist_worth
from cli.trade_options import parse_yuan
from cli.usage import UsageError

FEN = "fen"

More = Annotated[list[str] | None, typer.Option("--more", metavar="ID,AMOUNT", help="option.explained_more")]


@dataclass(frozen=True)
class PartyTyped:
    """The party that is asked about. Each field is an option."""

    programme: Programme = None
    enterprise: Enterprise = None
    cooperative: Cooperative = None

    @property
    def count(self) -> int:
        """Return how many parties were typed."""
        return sum(each is not None for each in (self.programme, self.enterprise, self.cooperative))

    @property
    def id(self) -> str | None:
        """Return the id of the party, None where none was typed."""
        return self.programme or self.enterprise or self.cooperative


def explain_worth(found: Explaining, party: PartyTyped, more: Sequence[str]) -> None:
    """Tell what one step more of each bound brings at most, and what the changes typed bring by planning anew."""
    schema, show = found.here.workspace.schema, found.asked.show_sensitive
    program = found.index.made.allocation.program
    changes = [change_of(program, text) for text in more]
    told = told_assist_worth(found.index, schema, party_id=party.id, changes=changes, show_sensitive=show)
    answer = found.planning.noted(told)
    voice = found.here.voice
    found.tell(answer, assist_worth_tables(answer), lambda: show_assist_worth(voice, answer, found.most_rows))


def explain_dependence(found: Explaining, party: PartyTyped) -> None:
    """Tell what falls if the party goes, before and after the best plan without it."""
    told = told_assist_dependence(
        found.index,
        found.here.workspace.schema,
        programme_id=party.programme,
        enterprise_id=party.enterprise,
        cooperative_id=party.cooperative,
        show_sensitive=found.asked.show_sensitive,
    )
    answer, voice = found.planning.noted(told), found.here.voice
    found.tell(answer, assist_dependence_tables(answer), lambda: show_assist_dependence(voice, answer, found.most_rows))


def explain_links(found: Explaining) -> None:
    """Tell which links that are not there would bring most."""
    answer = found.planning.noted(told_assist_links(found.index, found.here.workspace.schema))
    voice = found.here.voice
    found.tell(answer, assist_links_tables(answer), lambda: show_assist_links(voice, answer, found.most_rows))


def change_of(program: AssistProgram, text: str) -> Change:
    """Return more of a programme's budget, in yuan, or of a resource of the plan, in its unit; money always in yuan.

    `text`: an id and an amount, between them a comma. Raises UsageError for what is neither.
    """
    id_, _, amount = text.rpartition(",")
    if not id_ or not amount.strip():
        raise UsageError("assist_more_misread", value=text)
    rows = program.resources[program.resources["resource_id"] == id_]
    if rows.empty:
        return Change(BUDGET, id_, parse_yuan(amount.strip()))
    resource = rows.iloc[0]
    if resource["unit"] == FEN:
        return Change(str(resource["layer"]), id_, parse_yuan(amount.strip()))
    if not amount.strip().isdecimal():
        raise UsageError("assist_more_misread", value=text)
    return Change(str(resource["layer"]), id_, int(amount))
