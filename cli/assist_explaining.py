"""`plumline assist explain`: why a need stays uncovered, what one more is worth, what falls if somebody goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from analysis.errors import SubjectNotFound
from analysis.page import Page
from analysis.questions.assist_second import told_assist_second
from analysis.questions.assist_telling import AssistIndex
from analysis.questions.assist_uncovered import told_assist_uncovered
from analysis.questions.assist_why import told_assist_why
from analysis.questions.assist_why_answer import AssistWhyAnswer
from analysis.tables.assist_why_tables import assist_second_tables, assist_uncovered_tables, assist_why_tables
from cli.assist_explained import Explaining
from cli.assist_options import AssistAskedFor, planning_of
from cli.assist_worth import More, PartyTyped, explain_dependence, explain_links, explain_worth
from cli.context import context_of
from cli.question_commands import ALL_ROWS, SHOWN_ROWS
from cli.question_options import Cause, Limit
from cli.shared_options import spread
from cli.show_assist_why import show_assist_second, show_assist_uncovered, show_assist_why
from cli.spoken_help import SpokenCommand
from cli.table_files import TableFile
from cli.usage import UsageError

Uncovered = Annotated[bool, typer.Option("--uncovered", help="option.explained_uncovered")]
Second = Annotated[bool, typer.Option("--second", help="option.explained_second")]
Worth = Annotated[bool, typer.Option("--worth", help="option.explained_worth")]
Links = Annotated[bool, typer.Option("--links", help="option.explained_links")]


@dataclass(frozen=True)
class Explained:
    """What is explained where no household is named. Each field is an option."""

    uncovered: Uncovered = False
    second: Second = False
    links: Links = False
    worth: Worth = False
    more: More = None

    @property
    def is_of_worth(self) -> bool:
        """Return whether it is asked what more of something is worth."""
        return self.worth or bool(self.more)

    @property
    def count(self) -> int:
        """Return how many different things were typed."""
        return sum((self.uncovered, self.second, self.links, self.is_of_worth))


def register(group: typer.Typer) -> None:
    """Add the command to `plumline assist`."""
    group.command("explain", help="help.assist_explain", cls=SpokenCommand)(spread(explain))


def explain(
    context: typer.Context,
    *,
    household: Annotated[str | None, typer.Argument(metavar="HOUSEHOLD", help="argument.explained_household")] = None,
    cause: Cause = None,
    party: PartyTyped,
    explained: Explained,
    asked: AssistAskedFor,
    limit: Limit = None,
    output: TableFile = None,
) -> None:
    """Tell why needs of a household stay uncovered and what would cover them, or one of the other things."""
    here = context_of(context)
    # What more is worth may be asked of one party; all else is one thing.
    is_of_party = bool(party.count) and not explained.is_of_worth
    if (household is not None) + explained.count + is_of_party != 1 or party.count > 1:
        raise UsageError("assist_explain_what")
    if cause is not None and household is None:
        raise UsageError("assist_explain_what")
    planning = planning_of(here, asked)
    most_rows = limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS)
    found = Explaining(here, asked, planning, AssistIndex(planning.made(here)), most_rows, output)
    if household is not None:
        _explain_household(found, household, cause)
    elif explained.uncovered:
        _explain_uncovered(found)
    elif explained.second:
        _explain_second(found)
    elif explained.links:
        explain_links(found)
    elif explained.is_of_worth:
        explain_worth(found, party, explained.more or ())
    else:
        explain_dependence(found, party)


def _explain_household(found: Explaining, household: str, cause: str | None) -> None:
    here = found.here

    def asked(household_id: str) -> AssistWhyAnswer:
        schema, show = here.workspace.schema, found.asked.show_sensitive
        return told_assist_why(found.index, schema, household_id, cause_id=cause, show_sensitive=show)

    try:
        answer = asked(household)
    except SubjectNotFound as not_found:
        if not found.asked.is_of_graph:
            raise
        # A household may be named by its register number too; told by what was typed, not by what it was turned into.
        try:
            answer = asked(here.workspace.identity.pseudonym("Household", household))
        except SubjectNotFound:
            raise not_found from None
    answer = found.planning.noted(answer)
    found.tell(answer, assist_why_tables(answer), lambda: show_assist_why(here.voice, answer, found.most_rows))


def _explain_uncovered(found: Explaining) -> None:
    here, show = found.here, found.asked.show_sensitive
    page = Page(ALL_ROWS if found.output is not None else found.most_rows)
    whole = told_assist_uncovered(found.index, here.workspace.schema, page=page, show_sensitive=show)
    answer = found.planning.noted(whole)
    shown = answer.model_copy(update={"needs": answer.needs[: found.most_rows]})
    found.tell(answer, assist_uncovered_tables(answer), lambda: show_assist_uncovered(here.voice, shown))


def _explain_second(found: Explaining) -> None:
    here, show = found.here, found.asked.show_sensitive
    answer = found.planning.noted(told_assist_second(found.index, here.workspace.schema, show_sensitive=show))
    found.tell(answer, assist_second_tables(answer), lambda: show_assist_second(here.voice, answer, found.most_rows))
