"""Rows gone for good: every table that held them is written anew beside the old one, and takes its place.

What is to be done stands in a journal from the moment when all new tables are on the disk until the last old one is
gone. Before it is written nothing has happened; from then on whoever opens the ledger next brings it to its end.
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from logging import getLogger
from pathlib import Path

from graph_schema.tables import HasFactTables
from ledger import delta, delta_care
from ledger.durable import replace_file, sync
from ledger.erasure_plan import Erasure, ErasurePlan, choice_for, plan_erasure, touched_tables
from ledger.errors import LedgerError, NotInLedger
from ledger.read import EventReader
from ledger.records import EVENTS_SCHEMA, LOADS_TABLE, erased_event, last_sequence, with_zone

JOURNAL_FILE = "erasure.json"
# Beside the tables, on the same disk: what is being made, and what is on its way out.
ASIDE_FOLDER = "ledger.aside"
NEW, OLD = "new", "old"

logger = getLogger(__name__)


@dataclass(frozen=True)
class _Journal:
    """What an erasure that has been decided has still to do; it tells nothing of what is erased."""

    token: str
    tables: tuple[str, ...]
    at: str
    why: str
    row_count: int


def is_unfinished(folder: Path) -> bool:
    """Return whether an erasure of the data folder is at work, or was broken off and must be brought to its end."""
    return (folder / JOURNAL_FILE).exists()


def erase_rows(folder: Path, root: Path, schema: HasFactTables, erasure: Erasure, *, at: datetime) -> ErasurePlan:
    """Return what went. Only for whoever holds the lock, with the journal of an earlier erasure done.

    Raises `nothing_to_erase`, `care_failed` where nothing has happened, or `broken_ledger`.
    """
    moment = with_zone(at).isoformat()
    plan = plan_erasure(root, schema, erasure)
    if not plan.row_count and not any(plan.emptied.values()):
        raise NotInLedger("nothing_to_erase")
    tables = touched_tables(root, schema, plan)
    aside = folder / ASIDE_FOLDER
    try:
        for name in tables:
            choice = choice_for(root / name, schema, erasure, plan)
            delta_care.write_anew(root / name, aside / NEW / name, choice.remaining)
    except LedgerError:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _sync_folders(folder)
    journal = _Journal(secrets.token_hex(8), tuple(tables), moment, erasure.why, plan.row_count)
    with delta_care.caring(folder):
        replace_file(folder / JOURNAL_FILE, json.dumps(asdict(journal), ensure_ascii=False))
    finish_erasure(folder, root, EventReader(root))
    logger.info("erased", extra={"tables": len(tables), "rows": plan.row_count})
    return plan


def finish_erasure(folder: Path, root: Path, events: EventReader) -> None:
    """Bring an erasure that was decided to its end, and remove what a killed process left aside.

    Only for whoever holds the lock. Raises `care_failed` or `write_failed`; called again it goes on from there.
    """
    aside = folder / ASIDE_FOLDER
    if is_unfinished(folder):
        with delta_care.caring(folder):
            journal = _Journal(**json.loads((folder / JOURNAL_FILE).read_text(encoding="utf-8")))
            for name in journal.tables:
                _swap(root / name, aside / NEW / name, aside / OLD / name)
            _sync_folders(folder)
            sync(root)
            # Only now is everything that was there before out of the way of the next power loss.
            _remove(aside / OLD)
        event = erased_event(
            at=datetime.fromisoformat(journal.at),
            why=journal.why,
            row_count=journal.row_count,
            sequence=last_sequence(events.events()) + 1,
        )
        # Done at most once: the transaction is known when the process was killed just behind it.
        delta.append(root / LOADS_TABLE, EVENTS_SCHEMA, event.to_reader(), transaction=f"erased:{journal.token}")
        with delta_care.caring(folder):
            (folder / JOURNAL_FILE).unlink()
            sync(folder)
    if aside.exists():
        with delta_care.caring(folder):
            _remove(aside)


def _swap(live: Path, new: Path, old: Path) -> None:
    """Put the new table in the place of the old one; what of it was done before is not done again."""
    if not new.exists():
        return
    if live.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        live.rename(old)
    new.rename(live)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
        sync(folder.parent)


def _sync_folders(folder: Path) -> None:
    aside = folder / ASIDE_FOLDER
    for changed in (aside / NEW, aside / OLD, aside, folder):
        if changed.exists():
            sync(changed)
