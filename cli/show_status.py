"""What is in the data folder: loads by feed, the graph's engine, version and day, and counts by kind."""

from __future__ import annotations

from cli.bodies import StatusBody
from cli.context import Context
from cli.voice import Voice
from graph_schema.told import Told
from graph_store import GraphStore, StoreError
from loaders.status import status


def status_of(here: Context) -> StatusBody:
    """Return the state of the data folder; the graph is looked at as it is, not brought up to date."""
    ledger = here.workspace.open_ledger()
    store = _graph_as_it_is(here)
    try:
        answer = status(ledger, store, here.workspace.schema, now=here.now)
    finally:
        if store is not None:
            store.close()
    return StatusBody(data=str(here.settings.data), **dict(answer))


def _graph_as_it_is(here: Context) -> GraphStore | None:
    """Return the last saved graph, None where none was made yet."""
    try:
        return here.workspace.open_graph(read_only=True)
    except StoreError as error:
        if error.code != "no_snapshot":
            raise
        return None


def show_status(here: Context, status: StatusBody) -> None:
    """Print the state of the data folder."""
    voice = here.voice
    voice.heading("status.feeds", folder=status.data)
    voice.table(
        ("column.feed", "column.name", "column.loads", "column.rows", "column.age_days", "column.made_up"),
        [
            [feed.feed, _in_language(feed.name, voice), feed.load_count, feed.row_count, feed.age_days, feed.is_made_up]
            for feed in status.feeds
        ],
    )
    if status.origins:
        voice.heading("status.origins")
    for origin in status.origins:
        voice.line("  " + _in_language(origin, voice), hanging="    ")
    _show_graph(here, status)


def _show_graph(here: Context, status: StatusBody) -> None:
    voice, schema = here.voice, here.workspace.schema
    voice.heading("status.graph", engine=status.engine)
    if status.day is not None:
        voice.say("status.day", day=status.day)
    missing = status.ledger_version - status.graph_version
    voice.say("status.behind" if missing > 0 else "status.up_to_date", count=missing, version=status.ledger_version)
    voice.say(
        "status.size",
        nodes=f"{sum(status.nodes.values()):,}",
        relationships=f"{sum(status.relationships.values()):,}",
    )
    by_size = sorted(status.nodes.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [(kind, count) for kind, count in by_size if not schema.is_vocabulary(kind)]
    voice.table(
        ("column.kind", "column.name", "column.count"),
        [[kind, schema.node_kind(kind).label.text(voice.language), count] for kind, count in told],
    )


def _in_language(told: Told, voice: Voice) -> str:
    return told.zh if voice.language == "zh" else told.en
