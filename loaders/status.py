"""What is in a data folder: the question that the command line, the API and the start page ask alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form
from graph_schema.told import Told
from graph_store import GraphStore
from graph_store.protocol import Engine
from ledger import Ledger
from loaders.errors import LoadError
from loaders.graph_update import GraphState, markers

LoadRow = dict[str, object]


class NothingLoaded(LoadError):
    """The ledger is empty, so there is nothing to tell or to ask about."""

    status: ClassVar[int] = 404


class FeedStatus(Form):
    """What one feed has brought."""

    feed: str = Field(description="Code of the feed.")
    name: Told = Field(description="Its name.")
    load_count: int = Field(description="Loads that count.")
    row_count: int = Field(description="Rows accepted in them.")
    newest_at: datetime = Field(description="When its newest facts were recorded.")
    age_days: int = Field(description="Whole days since then.")
    is_made_up: bool = Field(description="Whether any of it is made up.")


class StatusAnswer(Form):
    """What is in the data folder, how old it is, from which feeds, and how far the graph has taken it in."""

    version: Literal["status/1"] = Field(default="status/1", description="The form of this body.")
    engine: Engine = Field(description="Engine that holds the graph: embedded or neo4j.")
    day: date | None = Field(description="The day that the graph shows; null when it is empty.")
    ledger_version: int = Field(description="Number of the newest load event of the ledger, -1 when it is empty.")
    graph_version: int = Field(description="Number of the load event that the graph has taken in, -1 for none.")
    vocabulary: str = Field(description="Version of the vocabulary.")
    newest_at: datetime | None = Field(description="When the newest facts of all were recorded; null for none.")
    age_days: int | None = Field(description="Whole days since then; null for none.")
    is_made_up: bool = Field(description="Whether any of what is loaded is made up.")
    feeds: tuple[FeedStatus, ...] = Field(description="What each feed has brought.")
    origins: tuple[Told, ...] = Field(description="Where the files came from, as they say themselves.")
    nodes: dict[str, int] = Field(description="Nodes of the graph, by kind.")
    relationships: dict[str, int] = Field(description="Relationships of the graph, by kind.")


def status(ledger: Ledger, store: GraphStore | None, schema: Schema, *, now: datetime) -> StatusAnswer:
    """Return the state of a data folder at the instant `now`; the graph is told as it is, not brought up to date.

    `store` None: no graph has been made of the ledger yet. Raises NothingLoaded for a ledger without a load; errors of
    ledger and store pass through.
    """
    version = ledger.version
    if version < 0:
        raise NothingLoaded("nothing_loaded")
    known = GraphState(-1, None) if store is None else markers(store)
    counts = (
        {} if store is None else {str(row["kind"]): int(str(row["row_count"])) for row in store.ask("upkeep/counts")}
    )
    loads = ledger.loads().to_pylist()
    newest = max((_recorded_at(row) for row in loads), default=None)
    origins = {(str(row["origin_en"]), str(row["origin_zh"])): None for row in loads if row["origin_en"] is not None}
    return StatusAnswer(
        engine="embedded" if store is None else store.engine,
        day=known.day,
        ledger_version=version,
        graph_version=known.loads,
        vocabulary=schema.version,
        newest_at=newest,
        age_days=None if newest is None else (now - newest).days,
        is_made_up=any(bool(row["is_made_up"]) for row in loads),
        feeds=tuple(_feed(schema, feed, loads, now) for feed in sorted({str(row["feed"]) for row in loads})),
        origins=tuple(Told(en=en, zh=zh) for en, zh in origins),
        nodes={kind: counts[kind] for kind in schema.node_kinds if kind in counts},
        relationships={kind: counts[kind] for kind in schema.relationship_kinds if kind in counts},
    )


def _feed(schema: Schema, feed: str, loads: list[LoadRow], now: datetime) -> FeedStatus:
    own = [row for row in loads if row["feed"] == feed]
    newest = max(_recorded_at(row) for row in own)
    label = schema.feeds[feed].label
    return FeedStatus(
        feed=feed,
        name=Told(en=label.en, zh=label.zh),
        load_count=len(own),
        row_count=sum(int(str(row["accepted_count"])) for row in own),
        newest_at=newest,
        age_days=(now - newest).days,
        is_made_up=any(bool(row["is_made_up"]) for row in own),
    )


def _recorded_at(row: LoadRow) -> datetime:
    instant = row["recorded_at"]
    assert isinstance(instant, datetime)  # noqa: S101 - the ledger's own column
    return instant
