"""What came of a load as JSON tells it, on the command line and over HTTP alike."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.errors import PlumlineError
from graph_schema.messages import LANGUAGES
from graph_schema.meta import Form
from graph_schema.told import Told
from loaders.graph_update import UpdateReport
from loaders.report import LoadOutcome


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


class ContradictionGroup(Form):
    """New contradictions that are alike."""

    subject_kind: str = Field(description="Kind of what they are about; empty where a person stated none.")
    aspect: str = Field(description="The property, indicator or kind of relationship that the feeds differ on.")
    held_feed: str = Field(description="Code of the feed that is believed.")
    other_feed: str = Field(description="Code of the feed that says otherwise.")
    count: int = Field(description="How many there are.")


class ContradictionNews(Form):
    """Contradictions between feeds after the graph was written."""

    open_count: int = Field(description="How many are open.")
    new_count: int = Field(description="How many of them are new; in a graph made anew all.")
    gone_count: int = Field(description="How many that were open are closed or gone.")
    groups: tuple[ContradictionGroup, ...] = Field(description="The new ones, the most frequent first, 50 at most.")


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


def reason_of(error: PlumlineError) -> Reason:
    """Return a fault as the bodies tell it."""
    what = Told(**{language: error.what(language) for language in LANGUAGES})
    remedy = Told(**{language: error.remedy(language) for language in LANGUAGES})
    return Reason(code=error.code, what=what, remedy=remedy)


def load_body(outcome: LoadOutcome, update: UpdateReport | None) -> LoadBody:
    """Return the outcome of a load, and what the graph took in of it, as JSON tells them."""
    return LoadBody.model_validate({**outcome.to_dict(), "graph": update.to_dict() if update else None})
