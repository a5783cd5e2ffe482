"""What the API says of loads: those of the ledger, and those under way."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form
from graph_schema.told import Told
from loaders.load_answers import LoadBody, Reason, Rows
from loaders.loads_answers import ErasureEntry, LoadEntry

JobState = Literal["waiting", "reading", "checking", "writing", "graph", "done", "failed"]
# In these nothing happens any more.
LAST_STATES: frozenset[JobState] = frozenset({"done", "failed"})


class LoadJob(Form):
    """How far the load of an uploaded file is, and what came of it."""

    version: Literal["load-job/1"] = Field(default="load-job/1", description="The form of this body.")
    job: str = Field(description="Its number.")
    state: JobState = Field(
        description="waiting for its turn; reading, checking, writing; graph: what counts is in the ledger, and the "
        "graph takes it in; done: the graph shows it, or there was nothing to show; failed: it was broken off."
    )
    step: Told = Field(description="The same in words.")
    file_name: str = Field(description="The name of the file, as it is kept.")
    is_dry_run: bool = Field(description="Whether it is only checked.")
    placed_at: datetime = Field(description="When the file had arrived.")
    ended_at: datetime | None = Field(description="When the load ended; null before.")
    ahead: int | None = Field(description="While it waits: how many loads are done before it.")
    file_number: int | None = Field(description="Of the files in an archive or workbook, the one being worked on.")
    file_count: int | None = Field(description="How many such files there are; null while that is not known.")
    rows: Rows = Field(description="The rows of the files that are done.")
    failure: Reason | None = Field(description="Why it was broken off.")
    open_contradictions: int | None = Field(
        description="How many contradictions between feeds were open once the graph showed the load; null before."
    )
    outcome: LoadBody | None = Field(
        description="What came of the files, as `plumline load --json` tells it; null before the load ended. `graph` "
        "in it tells what the graph took in with the load, and with what else was loaded at the same time, without the "
        "new contradictions one by one; null until the graph shows it, where nothing counts, and where the server was "
        "started anew in between."
    )


class JobList(Form):
    """The loads that are under way or ended lately."""

    version: Literal["load-jobs/1"] = Field(default="load-jobs/1", description="The form of this body.")
    jobs: tuple[LoadJob, ...] = Field(description="The newest first, each without its outcome.")


class LoadList(Form):
    """The loads of the ledger, page by page."""

    version: Literal["load-list/1"] = Field(default="load-list/1", description="The form of this body.")
    count: int = Field(description="How many loads there are, those taken back among them.")
    loads: tuple[LoadEntry, ...] = Field(description="The newest first.")
    next_after: int | None = Field(description="`after` of the next page; null where there is none.")
    erasures: tuple[ErasureEntry, ...] = Field(description="Every erasure, in order.")


class LoadAnswer(Form):
    """One load of the ledger."""

    version: Literal["load-entry/1"] = Field(default="load-entry/1", description="The form of this body.")
    load: LoadEntry = Field(description="The load, as the list tells it.")
    has_rejects_file: bool = Field(description="Whether its rejected rows can be fetched.")
