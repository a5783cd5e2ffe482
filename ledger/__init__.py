"""Append-only Delta tables of what was said, by whom and when. A fact counts when its load stands in `loads`."""

from __future__ import annotations

from ledger.errors import FactsRefused, LedgerError, LedgerLocked, LoadConflict, NotInLedger
from ledger.ledger import Ledger
from ledger.records import LoadRecord
from ledger.writer import Writer

__all__ = [
    "FactsRefused",
    "Ledger",
    "LedgerError",
    "LedgerLocked",
    "LoadConflict",
    "LoadRecord",
    "NotInLedger",
    "Writer",
]
