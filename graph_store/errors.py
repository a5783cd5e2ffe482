"""What can go wrong with a graph store, each with a message in both languages."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue


class StoreError(PlumlineError):
    """The graph store could not do what it was asked; the code says why."""

    status: ClassVar[int] = 500
    catalogue: ClassVar[Catalogue] = Catalogue("graph_store")


class StoreAway(StoreError):
    """The graph cannot be reached just now: the server is away, refuses the log-in, or took too long."""

    status: ClassVar[int] = 503


class StoreHeld(StoreError):
    """Another process has the graph open for writing."""

    status: ClassVar[int] = 409
