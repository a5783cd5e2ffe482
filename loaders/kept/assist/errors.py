"""Why something of help was not entered; then nothing was."""

from __future__ import annotations

from typing import ClassVar

from loaders.errors import LoadError


class AssistFault(LoadError):
    """A number, a day or a word that cannot be."""


class AssistUnknown(LoadError):
    """The ledger, or the draft, holds nothing with the id that was named."""

    status: ClassVar[int] = 404


class AssistRefused(LoadError):
    """It does not go with what the ledger holds: too little is left, it is over, or it was said already."""

    status: ClassVar[int] = 409
