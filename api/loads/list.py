"""The loads of the ledger page by page, their rejected rows, and taking one back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from api.errors import LoadUnknown, NoRejects
from api.loads.answers import LoadList
from api.loads.desk import LoadDesk
from api.loads.job_files import JobFolder
from graph_schema import Schema
from ledger import Ledger
from loaders.load_place import REJECTS_FOLDER
from loaders.loads_answers import LoadEntry, WithdrawBody, erasure_entries, load_entries, withdraw_body
from loaders.rejects_file import rejects_file_of

# A load that is just being entered holds the ledger for seconds.
WITHDRAWAL_WAITS_SECONDS = 5.0


def newest_loads(ledger: Ledger, schema: Schema, *, feed: str | None, limit: int, after: int | None) -> LoadList:
    """Return a page of the loads, the newest first. Raises LoadError `no_such_feed`."""
    entries = load_entries(ledger, schema, feed=feed)
    # The place of a load in the order of loading never changes, whatever is loaded or taken back later.
    end = len(entries) if after is None else min(after, len(entries))
    start = max(end - limit, 0)
    return LoadList(
        count=len(entries),
        loads=tuple(reversed(entries[start:end])),
        next_after=start or None,
        erasures=erasure_entries(ledger),
    )


def load_entry(ledger: Ledger, schema: Schema, load_id: str) -> LoadEntry:
    """Return one load. Raises LoadUnknown."""
    for entry in load_entries(ledger, schema):
        if entry.load_id == load_id:
            return entry
    raise LoadUnknown("unknown_load", load_id=load_id)


def rejects_of_load(desk: LoadDesk, entry: LoadEntry) -> Path:
    """Return the file with the rejected rows of a load. Raises NoRejects."""
    found = rejects_file_of(_rejects(desk), entry.load_id)
    if found is None:
        raise NoRejects("no_rejects")
    return found


def has_rejects_file(desk: LoadDesk, entry: LoadEntry) -> bool:
    """Return whether the rejected rows of a load can be fetched."""
    return entry.rejected_count > 0 and rejects_file_of(_rejects(desk), entry.load_id) is not None


def rejects_of_job(desk: LoadDesk, folder: JobFolder, number: int) -> Path:
    """Return the file with the rejected rows of one file of a job, counted from 1. Raises NoRejects."""
    outcome = folder.outcome
    reports = outcome.reports if outcome else ()
    # The name is what our own process wrote, never one that was sent.
    name = reports[number - 1].rejects_file if number <= len(reports) else None
    path = _rejects(desk) / name if name else None
    if path is None or not path.is_file():
        raise NoRejects("no_rejects")
    return path


def withdraw_load(ledger: Ledger, load_id: str, *, why: str, at: datetime) -> WithdrawBody:
    """Take a load back; the server takes it out of its graph by itself. Raises LedgerError where it cannot."""
    with ledger.writing(WITHDRAWAL_WAITS_SECONDS) as writer:
        writer.withdraw(load_id, at, why)
    return withdraw_body(load_id, at, None)


def _rejects(desk: LoadDesk) -> Path:
    return desk.workspace.settings.data / REJECTS_FOLDER
