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
from graph_schema.meta import Form
from loaders.load_answers import GraphUpdate, LoadBody, Reason
from loaders.status import StatusAnswer


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


class StatusBody(StatusAnswer):
    """What `plumline status` says: the answer to that question, and where the data folder is."""

    data: str = Field(description="The data folder.")


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
