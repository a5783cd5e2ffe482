"""`plumline rebuild`, `status` and `check`: the graph made from the facts, what is in, and whether it holds."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

import typer

from cli.bodies import CheckBody, RebuildBody
from cli.context import context_of
from cli.question_options import AsOf, Day
from cli.show_load import show_update
from cli.show_status import show_status, status_of
from cli.spoken_help import SpokenCommand
from graph_schema.messages import LANGUAGES
from loaders.graph_check import GraphFault, check_graph
from loaders.graph_update import rebuild
from loaders.project import project

TO_BE_LOOKED_AT = 1


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    application.command("rebuild", help="help.rebuild", cls=SpokenCommand)(rebuild_graph)
    application.command("status", help="help.status", cls=SpokenCommand)(status)
    application.command("check", help="help.check", cls=SpokenCommand)(check)


def rebuild_graph(
    context: typer.Context,
    as_of: AsOf = None,
    to: Annotated[str | None, typer.Option(metavar="URL", help="option.to")] = None,
    day: Day = None,
) -> None:
    """Make the graph again from the ledger, as it is or as it was known on a day, here or in another store."""
    here = context_of(context)
    if to is not None:
        here.settings = here.settings.model_copy(update={"graph": to})
    workspace = here.workspace
    ledger = workspace.open_ledger()
    # The end of the day where the command is typed.
    instant = datetime.combine(as_of, time.max).astimezone() if as_of else None
    shown = day or as_of or here.today
    store = workspace.open_graph()
    try:
        update = rebuild(store, ledger, workspace.schema, workspace.policy, day=shown, as_of=instant)
    finally:
        store.close()
    here.voice.json(RebuildBody.model_validate({"day": shown, "as_of": instant, "graph": update.to_dict()}))
    show_update(here.voice, update)
    here.voice.say("rebuild.day", day=shown)


def status(context: typer.Context) -> None:
    """Say what is in the ledger and the graph, how old it is, and from which feeds."""
    here = context_of(context)
    told = status_of(here)
    here.voice.json(told)
    show_status(here, told)


def check(context: typer.Context, day: Day = None) -> int:
    """Check the graph for dangling ends, circles and missing required facts. Exit code 1 when there are any."""
    here = context_of(context)
    workspace = here.workspace
    with workspace.ready_graph(today=here.today) as graph:
        on = day or graph.day
    frames = project(workspace.open_ledger(), workspace.schema, workspace.policy, day=on)
    faults = check_graph(frames, workspace.schema)
    here.voice.json(CheckBody.model_validate({"day": on, "faults": [_fault(fault) for fault in faults]}))
    for fault in faults:
        here.voice.line(fault.what(here.voice.language), style="red")
        here.voice.line("  " + fault.remedy(here.voice.language), hanging="  ")
    here.voice.say("check.done" if faults else "check.clean", count=len(faults), day=on)
    return TO_BE_LOOKED_AT if faults else 0


def _fault(fault: GraphFault) -> dict[str, object]:
    return {
        "code": fault.code,
        "kind": fault.kind,
        "count": fault.count,
        "ids": fault.ids,
        "what": {language: fault.what(language) for language in LANGUAGES},
        "remedy": {language: fault.remedy(language) for language in LANGUAGES},
    }
