"""`plumline explain HOUSEHOLD`: why a household is at risk, what each finding adds, what cuts it, what to ask next.

Of the graph, or with `--findings FILE` of files alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from analysis.questions.explain import explain as ask_explain
from analysis.questions.risk_files import FilesAsked, risk_files
from analysis.questions.risk_files_households import Parts
from analysis.subject import Subject
from cli.context import Context, context_of
from cli.model_used import model_used
from cli.question_commands import Asking, answer_question
from cli.question_options import Day, Limit, ShowSensitive
from cli.risk_files import FindingsFile, NetworkFile, Posteriors, Seen, Target, parse_seen, write_json
from cli.show_explain import show_explain
from cli.show_risk_files import SHOWN_ROWS, Names, show_explained
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from graph_schema import load_schema


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("explain", help="help.explain", cls=SpokenCommand)(explain)


def explain(
    context: typer.Context,
    household: Annotated[str | None, typer.Argument(metavar="HOUSEHOLD", help="argument.explained_household")] = None,
    network: NetworkFile = None,
    findings: FindingsFile = None,
    target: Target = None,
    seen: Seen = None,
    posteriors: Posteriors = False,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Explain the risk of one household of the graph, or of each household of a file of findings."""
    here = context_of(context)
    if findings is None:
        if household is None or network is not None or target is not None:
            raise UsageError("findings_missing", command="plumline explain")
        asked_of_graph = GraphAsked(household, day, parse_seen(seen), posteriors, show_sensitive)
        explain_from_graph(here, asked_of_graph, limit or SHOWN_ROWS)
        return
    if day is not None:
        raise UsageError("day_of_files", command="plumline explain")
    asked = FilesAsked(
        findings=findings,
        network=load_schema() if network is None else network,
        target=target,
        household=household,
        seen=parse_seen(seen),
        parts=Parts(attribution=True, chains=True, question=True, posteriors=posteriors),
        show_sensitive=show_sensitive,
    )
    explain_from_files(here, asked, limit)


@dataclass(frozen=True)
class GraphAsked:
    """What is asked about a household of the graph. `is_long`: every cause that may lie behind is told."""

    household_id: str
    day: date | None
    seen: Mapping[str, bool]
    is_long: bool
    show_sensitive: bool


def explain_from_graph(here: Context, asked: GraphAsked, most_rows: int) -> None:
    """Answer from the graph; at most `most_rows` of each list are shown."""
    work = here.workspace
    answer_question(
        here,
        Asking(
            Subject("Household", asked.household_id),
            asked.day,
            ask=lambda graph, found, on: ask_explain(
                graph.store,
                work.open_ledger(),
                work.schema,
                work.policy,
                model_used(here, graph),
                found.id,
                day=on,
                show_sensitive=asked.show_sensitive,
                seen=asked.seen,
                known_at=graph.as_of,
            ),
            show=lambda answer: show_explain(here, answer, most_rows, is_long=asked.is_long),
        ),
    )


def explain_from_files(here: Context, asked: FilesAsked, limit: int | None) -> None:
    """Answer on files alone: no data folder and no graph are touched."""
    found = risk_files(asked)
    if here.voice.is_json:
        write_json(here.voice, found)
    else:
        show_explained(here.voice, Names(here.voice, asked), found, limit or SHOWN_ROWS)
