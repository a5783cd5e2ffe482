"""What is in the data folder: loads by feed, the graph's engine, version and day, and counts by kind."""

from __future__ import annotations

from datetime import datetime

from cli.bodies import FeedStatus, StatusBody, Told
from cli.context import Context
from cli.voice import Voice
from loaders.graph_update import markers


def status_of(here: Context) -> StatusBody:
    """Return the state of the data folder; the graph is looked at as it is, not brought up to date."""
    workspace = here.workspace
    schema = workspace.schema
    ledger = workspace.open_ledger()
    store = workspace.open_graph(read_only=True)
    try:
        known = markers(store)
        counts = {str(row["kind"]): int(str(row["row_count"])) for row in store.ask("upkeep/counts")}
        engine = store.engine
    finally:
        store.close()
    loads = ledger.loads().to_pylist()
    origins = {(str(row["origin_en"]), str(row["origin_zh"])): None for row in loads if row["origin_en"] is not None}
    return StatusBody(
        data=str(here.settings.data),
        engine=engine,
        day=known.day,
        ledger_version=ledger.version,
        graph_version=known.loads,
        vocabulary=schema.version,
        feeds=tuple(_feed(here, feed, loads) for feed in sorted({str(row["feed"]) for row in loads})),
        origins=tuple(Told(en=en, zh=zh) for en, zh in origins),
        nodes={kind: counts[kind] for kind in schema.node_kinds if kind in counts},
        relationships={kind: counts[kind] for kind in schema.relationship_kinds if kind in counts},
    )


def _feed(here: Context, feed: str, loads: list[dict[str, object]]) -> FeedStatus:
    own = [row for row in loads if row["feed"] == feed]
    newest = max(row["recorded_at"] for row in own if isinstance(row["recorded_at"], datetime))
    label = here.workspace.schema.feeds[feed].label
    return FeedStatus(
        feed=feed,
        name=Told(en=label.en, zh=label.zh),
        load_count=len(own),
        row_count=sum(int(str(row["accepted_count"])) for row in own),
        newest_at=newest,
        age_days=(here.now - newest).days,
        is_made_up=any(bool(row["is_made_up"]) for row in own),
    )


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
