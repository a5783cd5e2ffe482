"""`plumline load`, `rebuild`, `status` and `check`: facts in, the graph made from them, and whether it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from cli.context import Context, context_of
from cli.question_options import Day
from cli.show_load import show_load
from cli.show_status import show_status, status_of
from graph_store import GraphStore, StoreError
from loaders.graph_check import check_graph
from loaders.graph_update import UpdateReport, bring_up_to_date, markers, rebuild
from loaders.report import LoadOutcome
from loaders.run import load_files

TO_BE_LOOKED_AT = 1
REJECTS = "rejects"


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    application.command("load", help="help.load")(load)
    application.command("rebuild", help="help.rebuild")(rebuild_graph)
    application.command("status", help="help.status")(status)
    application.command("check", help="help.check")(check)


def load(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="argument.paths", show_default=False)],
    feed: Annotated[str | None, typer.Option(help="option.feed", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option(help="option.kind", show_default=False)] = None,
    mapping: Annotated[Path | None, typer.Option(help="option.mapping", show_default=False)] = None,
    day: Day = None,
) -> int:
    """Take files into the ledger, then the graph. Exit code 1 when rows were rejected or a file was not loaded."""
    here = context_of(context)
    outcome = load_into_ledger(here, paths, feed=feed, kind=kind, mapping=mapping)
    update = project_news(here, day=day.date() if day else here.today)
    here.voice.json({"load": outcome.to_dict(), "graph": update.to_dict() if update else None})
    show_load(here.voice, outcome)
    show_update(here, update)
    return 0 if outcome.is_complete and not outcome.unknown_files else TO_BE_LOOKED_AT


def load_into_ledger(
    here: Context,
    paths: list[Path],
    *,
    feed: str | None = None,
    kind: str | None = None,
    mapping: Path | None = None,
) -> LoadOutcome:
    """Return what came of taking the files into the ledger; the rejects are written into the data folder."""
    workspace = here.workspace
    return load_files(
        paths,
        ledger=workspace.open_ledger(create=True),
        schema=workspace.schema,
        identity=workspace.identity,
        recorded_at=here.now,
        rejects_folder=here.settings.data / REJECTS,
        feed=feed,
        kind=kind,
        mapping=mapping,
        language=here.voice.language,
    )


def project_news(here: Context, *, day: date) -> UpdateReport | None:
    """Return what the graph took in; None when another process, such as a running server, holds it and will do so."""
    workspace = here.workspace
    try:
        store = workspace.open_graph()
    except StoreError as error:
        if error.code != "held_by_another_process":
            raise
        return None
    try:
        return bring_up_to_date(store, workspace.open_ledger(), workspace.schema, workspace.policy, day=day)
    finally:
        store.close()


def show_update(here: Context, update: UpdateReport | None) -> None:
    """Say what the graph took in."""
    if update is None:
        here.voice.say("graph_held")
        return
    here.voice.say(
        "graph_updated",
        nodes=f"{sum(update.nodes.values()):,}",
        relationships=f"{sum(update.relationships.values()):,}",
        seconds=f"{update.seconds:.1f}",
    )


def rebuild_graph(
    context: typer.Context,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="option.as_of", show_default=False)
    ] = None,
    to: Annotated[str | None, typer.Option(help="option.to", show_default=False)] = None,
    day: Day = None,
) -> None:
    """Make the graph again from the ledger, as it is or as it was known on a day, here or in another store."""
    here = context_of(context)
    if to is not None:
        here.settings = here.settings.model_copy(update={"graph": to})
    workspace = here.workspace
    ledger = workspace.open_ledger()
    instant = datetime.combine(as_of.date(), time.max, UTC) if as_of else None
    shown = day.date() if day else as_of.date() if as_of else here.today
    store = workspace.open_graph()
    try:
        update = rebuild(store, ledger, workspace.schema, workspace.policy, day=shown, as_of=instant)
    finally:
        store.close()
    here.voice.json(update.to_dict())
    show_update(here, update)


def status(context: typer.Context) -> None:
    """Say what is in the ledger and the graph, how old it is, and from which feeds."""
    here = context_of(context)
    told = status_of(here)
    here.voice.json(told.model_dump_json(indent=2))
    show_status(here.voice, told)


def check(context: typer.Context) -> int:
    """Check the graph for dangling ends, circles and missing required facts. Exit code 1 when there are any."""
    here = context_of(context)
    workspace = here.workspace
    with workspace.ready_graph(today=here.today) as graph:
        faults = check_graph(graph.store, workspace.open_ledger(), workspace.schema, workspace.policy, day=graph.day)
    here.voice.json([fault.to_dict() for fault in faults])
    for fault in faults:
        here.voice.line(fault.text(here.voice.language))
    here.voice.say("check.done" if faults else "check.clean", count=len(faults))
    return TO_BE_LOOKED_AT if faults else 0


def held_day(store: GraphStore, here: Context) -> date:
    """Return the day that the graph shows, today when it holds nothing yet."""
    return markers(store).day or here.today
