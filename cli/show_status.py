"""What is in the data folder: loads by feed, the graph's engine, version and day, and counts by kind."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from cli.context import Context
from cli.voice import Voice
from loaders.graph_update import markers


class FeedStatus(BaseModel):
    """What one feed has brought."""

    model_config = ConfigDict(frozen=True)

    feed: str = Field(description="Code of the feed.")
    name_en: str = Field(description="Its name in English.")
    name_zh: str = Field(description="Its name in Chinese.")
    load_count: int = Field(description="Loads that count.")
    row_count: int = Field(description="Rows accepted in them.")
    newest_at: datetime = Field(description="When its newest facts were recorded.")
    age_days: int = Field(description="Whole days since then.")
    is_made_up: bool = Field(description="Whether any of it is made up.")


class Status(BaseModel):
    """What is in, how old it is, from which feeds, and how far the graph has taken it in."""

    model_config = ConfigDict(frozen=True)

    version: str = Field(default="status/1", description="The form of this body.")
    ledger_version: int = Field(description="Number of the newest event of the ledger, -1 when it is empty.")
    graph_version: int = Field(description="Number of the event that the graph has taken in.")
    engine: str = Field(description="Engine that holds the graph.")
    day: date | None = Field(description="The day that the graph shows.")
    vocabulary: str = Field(description="Version of the vocabulary.")
    feeds: tuple[FeedStatus, ...] = Field(description="What each feed has brought.")
    origins: tuple[dict[str, str], ...] = Field(description="Where the files came from, as they say themselves.")
    counts: dict[str, int] = Field(description="Nodes and relationships of the graph, by kind.")


def status_of(here: Context) -> Status:
    """Return the state of the data folder; the graph is looked at as it is, not brought up to date."""
    workspace = here.workspace
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
    return Status(
        ledger_version=ledger.version,
        graph_version=known.loads,
        engine=engine,
        day=known.day,
        vocabulary=workspace.schema.version,
        feeds=tuple(_feed(here, feed, loads) for feed in sorted({str(row["feed"]) for row in loads})),
        origins=tuple({"en": en, "zh": zh} for en, zh in origins),
        counts=counts,
    )


def _feed(here: Context, feed: str, loads: list[dict[str, object]]) -> FeedStatus:
    own = [row for row in loads if row["feed"] == feed]
    newest = max(row["recorded_at"] for row in own if isinstance(row["recorded_at"], datetime))
    label = here.workspace.schema.feeds[feed].label
    return FeedStatus(
        feed=feed,
        name_en=label.en,
        name_zh=label.zh,
        load_count=len(own),
        row_count=sum(int(str(row["accepted_count"])) for row in own),
        newest_at=newest,
        age_days=(here.now - newest).days,
        is_made_up=any(bool(row["is_made_up"]) for row in own),
    )


def show_status(voice: Voice, status: Status) -> None:
    """Print the state of the data folder."""
    voice.heading("status.feeds")
    voice.table(
        ["column.feed", "column.loads", "column.rows", "column.age_days", "column.made_up"],
        [
            [
                f"{feed.feed} {feed.name_zh if voice.language == 'zh' else feed.name_en}",
                feed.load_count,
                feed.row_count,
                feed.age_days,
                feed.is_made_up,
            ]
            for feed in status.feeds
        ],
    )
    voice.heading("status.graph")
    voice.say("status.ledger", version=status.ledger_version)
    voice.say("status.graph_version", engine=status.engine, version=status.graph_version, day=status.day or "-")
    if status.graph_version < status.ledger_version:
        voice.say("status.behind", count=status.ledger_version - status.graph_version)
    voice.table(["column.kind", "column.count"], [[kind, count] for kind, count in status.counts.items()])
    for origin in status.origins:
        voice.line("! " + origin[voice.language], style="yellow")
