"""Append-only Delta tables of what was said, by whom and when. A fact counts when its load stands in `loads`."""

from __future__ import annotations

from ledger.compact import CompactReport, TableCompaction
from ledger.erasure_plan import Erasure, ErasurePlan
from ledger.errors import ErasureUnderWay, FactsRefused, LedgerError, LedgerLocked, LoadConflict, NotInLedger
from ledger.ledger import Ledger
from ledger.lock import Holder
from ledger.records import LoadRecord
from ledger.writer import Writer

__all__ = [
    "CompactReport",
    "Erasure",
    "ErasurePlan",
    "ErasureUnderWay",
    "FactsRefused",
    "Holder",
    "Ledger",
    "LedgerError",
    "LedgerLocked",
    "LoadConflict",
    "LoadRecord",
    "NotInLedger",
    "TableCompaction",
    "Writer",
]
