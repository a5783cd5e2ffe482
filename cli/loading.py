"""Files into the ledger and on into the graph, as `load` and `demo` do it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cli.bodies import LoadBody
from cli.context import Context
from graph_store import StoreHeld
from loaders.graph_update import UpdateReport, bring_up_to_date
from loaders.report import LoadOutcome
from loaders.run import load_files

REJECTS = "rejects"


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
    except StoreHeld:
        return None
    try:
        return bring_up_to_date(store, workspace.open_ledger(), workspace.schema, workspace.policy, day=day)
    finally:
        store.close()


def load_body(outcome: LoadOutcome, update: UpdateReport | None) -> LoadBody:
    """Return the outcome of a load as JSON tells it."""
    return LoadBody.model_validate({**outcome.to_dict(), "graph": update.to_dict() if update else None})
