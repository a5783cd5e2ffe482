"""Files into the ledger and on into the graph, as `load` and `demo` do it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from cli.context import Context
from cli.load_options import WAIT_SECONDS
from graph_store import GraphStore, StoreHeld
from ledger import Holder
from loaders.graph_update import UpdateReport, bring_up_to_date
from loaders.load_options import FilesGiven, LoadOptions
from loaders.report import LoadOutcome
from loaders.run import load_files
from loaders.update_lock import Patience
from loaders.workspace import Workspace

POLL_SECONDS = 0.1


def load_into_ledger(
    here: Context, given: FilesGiven, options: LoadOptions | None = None, *, recorded_at: datetime | None = None
) -> LoadOutcome:
    """Return what came of taking the files into the ledger; the rejects are written into the data folder."""
    chosen = replace(options or LoadOptions(), language=here.voice.language)
    return load_files(given, here.workspace.load_place(), recorded_at=recorded_at or here.now, options=chosen)


@dataclass(frozen=True)
class GraphWait:
    """How long to wait for another command that holds the graph; `on_wait` hears who that is, None if not known."""

    seconds: float = WAIT_SECONDS
    on_wait: Callable[[Holder | None], None] = lambda holder: None


def project_news(here: Context, *, day: date, waiting: GraphWait | None = None) -> UpdateReport | None:
    """Return what the graph took in; None when a running server holds it, which takes it in by itself.

    Raises StoreHeld or `graph_busy` when another command has not let go of it in time.
    """
    workspace, waiting = here.workspace, waiting or GraphWait()
    store = _free_graph(workspace, waiting)
    if store is None:
        return None
    patience = Patience(waiting.seconds, lambda: waiting.on_wait(None))
    try:
        return bring_up_to_date(
            store, workspace.open_ledger(), workspace.schema, workspace.policy, day=day, patience=patience
        )
    finally:
        store.close()


def _free_graph(workspace: Workspace, waiting: GraphWait) -> GraphStore | None:
    give_up_at = time.monotonic() + waiting.seconds
    is_told = False
    while True:
        try:
            return workspace.open_graph()
        except StoreHeld as held:
            if held.fields["stays"]:
                return None
            if time.monotonic() >= give_up_at:
                raise
            if not is_told:
                waiting.on_wait(Holder(pid=str(held.fields["pid"]), since=str(held.fields["since"])))
                is_told = True
        time.sleep(POLL_SECONDS)
