"""Why something of trade was not entered; then nothing was."""

from __future__ import annotations

from typing import ClassVar

from loaders.errors import LoadError


class TradeFault(LoadError):
    """A number or a day that cannot be."""


class TradeUnknown(LoadError):
    """The ledger holds nothing with the id that was named."""

    status: ClassVar[int] = 404


class TradeRefused(LoadError):
    """It does not go with what the ledger holds: too little is left, it is over, or it was said already."""

    status: ClassVar[int] = 409
