"""The errors of the ledger. Each says what is wrong and what to do, in both languages (`messages.yaml`)."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue


class LedgerError(PlumlineError):
    """The data folder cannot be used as it is: missing, newer, damaged or not writable."""

    status: ClassVar[int] = 500
    catalogue: ClassVar[Catalogue] = Catalogue("ledger")


class NoLedger(LedgerError):
    """The folder is no data folder, or nothing was ever loaded into it."""

    status: ClassVar[int] = 404


class LedgerLocked(LedgerError):
    """Another process is writing to the data folder."""

    status: ClassVar[int] = 423


class LoadConflict(LedgerError):
    """The load has been counted or withdrawn before."""

    status: ClassVar[int] = 409


class NotInLedger(LedgerError):
    """No table or load of that name is known."""

    status: ClassVar[int] = 404


class FactsRefused(LedgerError):
    """Rows do not have the form of their table; nothing of them is written."""

    status: ClassVar[int] = 422


class ErasureUnderWay(LedgerError):
    """Tables change their places because facts are being erased."""

    status: ClassVar[int] = 503
