"""`plumline network`: the network of causes in one version, the versions there are, and which of them is in use."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from analysis.questions.network import network as ask_network
from cli.context import Context, context_of
from cli.network_keeping import adopt
from cli.question_commands import graph_notices
from cli.question_options import Day, Limit, ShowSensitive, parse_day
from cli.show_network import show_network
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.workspace import ReadyGraph

SHOWN_ROWS = 12

Version = Annotated[str | None, typer.Option("--version", metavar="V", help="option.network_version")]
Adopted = Annotated[str | None, typer.Option("--adopt", metavar="V", help="option.network_adopt")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="option.network_reason")]
Since = Annotated[
    date | None, typer.Option("--from", metavar="YYYY-MM-DD", parser=parse_day, help="option.network_from")
]


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("network", help="help.network", cls=SpokenCommand)(network)


def network(
    context: typer.Context,
    version: Version = None,
    adopted: Adopted = None,
    reason: Reason = None,
    since: Since = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show the network of causes and what was learned of its links, or say which version is in use."""
    here = context_of(context)
    if adopted is None and (reason is not None or since is not None):
        raise UsageError("network_adopt_missing")
    with here.workspace.ready_graph(today=here.today) as graph:
        if adopted is not None:
            _adopt(here, graph, adopted, reason, since)
        answer = ask_network(
            graph.store,
            here.workspace.open_ledger(),
            here.workspace.schema,
            day=day or graph.day,
            version=version,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
        # What was just adopted is a load that the graph need not take in: it holds no version.
        behind = () if adopted is not None else graph_notices(graph)
    answer = answer.model_copy(update={"notices": (*answer.notices, *behind)})
    here.voice.json(answer)
    if not here.voice.is_json:
        show_network(here, answer, limit or SHOWN_ROWS)


def _adopt(here: Context, graph: ReadyGraph, version_id: str, reason: str | None, since: date | None) -> None:
    if reason is None or not reason.strip():
        raise UsageError("network_reason_missing")
    day = since or graph.day
    is_used = adopt(here, graph, version_id, day=day, reason=reason.strip())
    here.voice.say("network.adopted", version=version_id, day=day)
    if not is_used:
        here.voice.say("network.adopted_elsewhere")
