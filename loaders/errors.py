"""What can go wrong with a whole file or a whole load. A bad row is no error: it is a `Reject`."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue


class LoadError(PlumlineError):
    """A file, a mapping or the data folder cannot be used as it is; nothing of it was loaded."""

    status: ClassVar[int] = 422
    catalogue: ClassVar[Catalogue] = Catalogue("loaders")


class GraphBusy(LoadError):
    """Another process is bringing the graph up to date."""

    status: ClassVar[int] = 503


class NoPolicyThen(LoadError):
    """A graph was asked for of a day for which the policy has no values."""
