"""The JSON bodies of the commands that are no question; `docs/json.md` tells them to those who read them.

Each carries its name and version, such as load/1. A field that is added leaves the version as it is; a field that is
taken away or comes to mean something else makes a new one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from analysis.questions.buyers import BuyersAnswer
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.chains_answer import ChainsAnswer
from cli.contradiction_bodies import ContradictionNews
from graph_schema.meta import Form


class Problem(Form):
    """What went wrong, in the form of RFC 9457; it goes to standard error."""

    type: str = Field(default="about:blank", description="Always about:blank; `code` tells the problems apart.")
    title: str = Field(description="What the status means.")
    status: int = Field(description="The HTTP status that the API would answer with.")
    code: str = Field(description="Stable name of the problem.")
    detail: str = Field(description="What is wrong and what to do, in the language of the call.")


class Told(Form):
    """The same in both languages."""

    en: str = Field(description="In English.")
    zh: str = Field(description="In Chinese.")


class Rows(Form):
    """Rows of files, or facts: read is always accepted + rejected."""

    read: int = Field(description="How many were read.")
    accepted: int = Field(description="How many of them were accepted.")
    rejected: int = Field(description="How many of them were rejected.")


class Reason(Form):
    """Why a file was not loaded."""

    code: str = Field(description="Stable name of the reason.")
    what: Told = Field(description="What is wrong.")
    remedy: Told = Field(description="What to do.")


class RejectedRow(Reason):
    """A row that was rejected, and why."""

    file: str = Field(description="Name of the file.")
    line: int = Field(description="Line in the file, counted from 1.")
    column: str = Field(description="Column of the file; empty where the row as a whole is meant.")
    value: str = Field(description="What stands there.")


class OtherRow(Form):
    """The row that a warning names beside the one of the file."""

    file: str | None = Field(description="Name of its file.")
    line: int | None = Field(description="Line in that file.")
    feed: str | None = Field(description="Code of its feed.")
    value: str | None = Field(description="What stands there.")


class WarnedRow(RejectedRow):
    """A row that was accepted though it is doubtful."""

    other: OtherRow | None = Field(description="The row that it does not go with; null where it is doubtful by itself.")


class EndedThings(Form):
    """Things that ended because a snapshot lacks them."""

    kind: str = Field(description="Their kind.")
    count: int = Field(description="How many.")
    absent_on: date = Field(description="The day of the snapshot.")


class LoadedFile(Form):
    """What came of one file."""

    file: str = Field(description="Its path.")
    name: str = Field(description="Its name, with that of the archive and of the sheet it stands on.")
    status: Literal["loaded", "checked", "known", "refused", "held_back"] = Field(
        description="loaded; checked: would be, but for the dry run; known: loaded before; refused: cannot be used; "
        "held_back: refers to a refused file."
    )
    feed: str | None = Field(description="Code of the feed.")
    mapping: str | None = Field(description="The form that it was read in, and its version.")
    load_id: str | None = Field(description="Id of the load; null when nothing was loaded.")
    reason: Reason | None = Field(description="Why it was not loaded.")
    rows: Rows = Field(description="Its rows.")
    by_kind: dict[str, Rows] = Field(description="The facts that the rows say, by kind.")
    rejects: tuple[RejectedRow, ...] = Field(description="The first rejects; all are in the rejects file.")
    rejects_file: str | None = Field(description="Path of the file with the rejected rows and their reasons.")
    warnings: tuple[WarnedRow, ...] = Field(description="The first warnings about rows that were accepted.")
    warning_count: int = Field(description="How many warnings there are.")
    repeated_count: int = Field(description="Facts that say again what the feed said last.")
    absent: tuple[EndedThings, ...] = Field(description="What ended because the snapshot lacks it.")
    notes: tuple[Reason, ...] = Field(description="What else is to be known, such as why nothing ended.")
    is_backfill: bool = Field(description="Whether the file was entered late.")
    is_made_up: bool = Field(description="Whether its rows are made up.")
    origin: Told | None = Field(description="Where it came from, as ORIGIN.yaml beside it says.")


class GraphUpdate(Form):
    """What was done to the graph: nodes and relationships written and removed, by kind."""

    mode: Literal["rebuilt", "updated", "unchanged"] = Field(description="How it was done.")
    loads_version: int = Field(description="Number of the newest load event that the graph shows.")
    nodes: dict[str, int] = Field(description="Nodes written, by kind.")
    relationships: dict[str, int] = Field(description="Relationships written, by kind.")
    removed: dict[str, int] = Field(description="Nodes and relationships removed, by kind.")
    seconds: float = Field(description="How long it took.")
    contradictions: ContradictionNews | None = Field(
        default=None, description="Contradictions between feeds; null when the graph was left unchanged."
    )


class LoadBody(Form):
    """What came of `plumline load`."""

    version: Literal["load/1"] = Field(default="load/1", description="The form of this body.")
    rows: Rows = Field(description="The rows of all files.")
    is_complete: bool = Field(description="Whether every file is in and no row was rejected.")
    reports: tuple[LoadedFile, ...] = Field(description="What came of each file, in the order of loading.")
    unknown_files: tuple[str, ...] = Field(description="Files whose name does not say feed and kind.")
    graph: GraphUpdate | None = Field(
        description="What the graph took in; null while another process holds it or it cannot be reached."
    )


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


class RebuildBody(Form):
    """What came of `plumline rebuild`."""

    version: Literal["rebuild/1"] = Field(default="rebuild/1", description="The form of this body.")
    day: date = Field(description="The day that the graph shows.")
    as_of: datetime | None = Field(description="The instant whose knowledge it holds; null for all that is known.")
    graph: GraphUpdate = Field(description="What was written.")


class Fault(Reason):
    """One fault of one kind in the graph."""

    kind: str = Field(description="The node kind or relationship kind.")
    count: int = Field(description="How often it is there.")
    ids: tuple[str, ...] = Field(description="The first ids where it is.")


class CheckBody(Form):
    """What `plumline check` found."""

    version: Literal["check/1"] = Field(default="check/1", description="The form of this body.")
    day: date = Field(description="The day for which the graph was checked.")
    faults: tuple[Fault, ...] = Field(description="What is wrong; none when the graph is sound.")


class FeedStatus(Form):
    """What one feed has brought."""

    feed: str = Field(description="Code of the feed.")
    name: Told = Field(description="Its name.")
    load_count: int = Field(description="Loads that count.")
    row_count: int = Field(description="Rows accepted in them.")
    newest_at: datetime = Field(description="When its newest facts were recorded.")
    age_days: int = Field(description="Whole days since then.")
    is_made_up: bool = Field(description="Whether any of it is made up.")


class StatusBody(Form):
    """What is in the data folder, how old it is, from which feeds, and how far the graph has taken it in."""

    version: Literal["status/1"] = Field(default="status/1", description="The form of this body.")
    data: str = Field(description="The data folder.")
    engine: str = Field(description="Engine that holds the graph: embedded or neo4j.")
    day: date | None = Field(description="The day that the graph shows; null when it is empty.")
    ledger_version: int = Field(description="Number of the newest load event of the ledger, -1 when it is empty.")
    graph_version: int = Field(description="Number of the load event that the graph has taken in, -1 for none.")
    vocabulary: str = Field(description="Version of the vocabulary.")
    feeds: tuple[FeedStatus, ...] = Field(description="What each feed has brought.")
    origins: tuple[Told, ...] = Field(description="Where the files came from, as they say themselves.")
    nodes: dict[str, int] = Field(description="Nodes of the graph, by kind.")
    relationships: dict[str, int] = Field(description="Relationships of the graph, by kind.")


class DemoBody(Form):
    """The answers of `plumline demo`."""

    version: Literal["demo/1"] = Field(default="demo/1", description="The form of this body.")
    load: LoadBody = Field(description="What came of loading both counties.")
    cause_graph: CauseGraphAnswer = Field(description="Why a made-up household is at risk.")
    chains: ChainsAnswer = Field(description="Whom a made-up programme reaches.")
    buyers: BuyersAnswer = Field(description="Who could take a made-up lot of green plums.")
    rice: CauseGraphAnswer = Field(description="The real rice villages by cause.")
    files: tuple[str, ...] = Field(description="The first answer as files: SVG, HTML, GraphML.")


class CompactedTable(Form):
    """What came of one table of the ledger."""

    table: str = Field(description="Its folder.")
    files_before: int = Field(description="Files that it consisted of.")
    files_after: int = Field(description="Files that it consists of now.")
    bytes_before: int = Field(description="Their bytes before.")
    bytes_after: int = Field(description="Their bytes now.")
    files_removed: int = Field(description="Files that no reader needs any more, now gone.")
    is_rewritten: bool = Field(description="Whether it was rewritten; false where it was in order.")


class CompactBody(Form):
    """What came of `plumline compact`."""

    version: Literal["compact/1"] = Field(default="compact/1", description="The form of this body.")
    tables: tuple[CompactedTable, ...] = Field(description="Every table, by name.")
    seconds: float = Field(description="How long it took.")


class EraseBody(Form):
    """What `plumline erase` took out, or would take out."""

    version: Literal["erase/1"] = Field(default="erase/1", description="The form of this body.")
    is_done: bool = Field(description="Whether it was done; false without --yes.")
    person_count: int = Field(description="Persons who go with the household.")
    rows: dict[str, int] = Field(description="Facts that go, by kind.")
    emptied_count: int = Field(description="Facts that stay without a reference to what goes, or without its number.")
    rejected_row_count: int = Field(description="Rows that go from rejects files.")
    load_count: int = Field(description="Entries of the list of loads that name the household and stay.")
    graph: GraphUpdate | None = Field(
        description="How the graph was made anew; null without --yes, or while it cannot be written."
    )
