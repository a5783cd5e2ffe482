"""The loads of a ledger, and taking one back, as JSON tells them on the command line and over HTTP alike."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form
from ledger import Ledger
from loaders.errors import LoadError
from loaders.graph_update import UpdateReport
from loaders.load_answers import GraphUpdate


class LoadEntry(Form):
    """One load of the ledger."""

    load_id: str = Field(description="Its id.")
    feed: str = Field(description="Code of the feed.")
    file_name: str = Field(description="Name of the file.")
    mapping_version: str | None = Field(description="The form that it was read in, and its version.")
    read_count: int = Field(description="Rows read.")
    accepted_count: int = Field(description="Rows accepted.")
    rejected_count: int = Field(description="Rows rejected.")
    warning_count: int = Field(description="Warnings given.")
    repeated_count: int = Field(description="Facts that said again what the feed had said last.")
    absent_count: int = Field(description="Things that ended because the snapshot lacked them.")
    recorded_at: datetime = Field(description="When its facts became known.")
    finished_at: datetime = Field(description="When it was entered.")
    is_backfill: bool = Field(description="Whether it was entered later than it became known.")
    is_made_up: bool = Field(description="Whether its rows are made up.")
    withdrawn_at: datetime | None = Field(description="When it was taken back; null while it counts.")
    why: str | None = Field(description="Why it was taken back.")


class ErasureEntry(Form):
    """The record of one erasure; it does not tell whose facts they were."""

    recorded_at: datetime = Field(description="When.")
    why: str = Field(description="Why.")
    erased_count: int = Field(description="How many facts went.")


class LoadsBody(Form):
    """What `plumline loads` lists."""

    version: Literal["loads/1"] = Field(default="loads/1", description="The form of this body.")
    count: int = Field(description="How many loads there are.")
    loads: tuple[LoadEntry, ...] = Field(description="The newest of them, in the order of loading.")
    erasures: tuple[ErasureEntry, ...] = Field(description="Every erasure, in order.")


class WithdrawBody(Form):
    """What `plumline withdraw` did."""

    version: Literal["withdraw/1"] = Field(default="withdraw/1", description="The form of this body.")
    load_id: str = Field(description="The load that was taken back.")
    withdrawn_at: datetime = Field(description="When.")
    graph: GraphUpdate | None = Field(description="What was done to the graph; null while another process holds it.")


def load_entries(ledger: Ledger, schema: Schema, *, feed: str | None = None) -> tuple[LoadEntry, ...]:
    """Return every load ever counted, of one feed or of all, in the order of loading. Raises `no_such_feed`."""
    if feed is not None and feed not in schema.feeds:
        raise LoadError("no_such_feed", feed=feed, known=", ".join(schema.feeds))
    rows = ledger.all_loads().to_pylist()
    return tuple(LoadEntry.model_validate(_entry(row)) for row in rows if feed in (None, row["feed"]))


def erasure_entries(ledger: Ledger) -> tuple[ErasureEntry, ...]:
    """Return the record of every erasure, in order."""
    return tuple(ErasureEntry.model_validate(row) for row in ledger.erasures().drop(["sequence"]).to_pylist())


def withdraw_body(load_id: str, at: datetime, update: UpdateReport | None) -> WithdrawBody:
    """Return that a load was taken back, and what that did to the graph, as JSON tells it."""
    graph = update.to_dict() if update else None
    return WithdrawBody.model_validate({"load_id": load_id, "withdrawn_at": at, "graph": graph})


def _entry(row: dict[str, object]) -> dict[str, object]:
    # Loads from before these were counted have none of them.
    counts = ("warning_count", "repeated_count", "absent_count")
    named = {name: row[name] for name in LoadEntry.model_fields if name in row and name not in counts}
    return {**named, **{name: row[name] or 0 for name in counts}, "is_backfill": bool(row["is_backfill"])}
