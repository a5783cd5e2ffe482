"""Which version of the graph questions are answered from."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from loaders.workspace import ReadyGraph

answered_from: ContextVar[list[int] | None] = ContextVar("answered_from", default=None)
"""Where whoever answers a request notes the ledger version that the graph showed."""


@dataclass(frozen=True)
class AtHand:
    """What a keeper has at a moment, told without waiting: the day of its graph and the versions of graph and ledger.

    None for what is not there or cannot be read just now.
    """

    day: date | None
    loads_taken_in: int | None
    loads_counted: int | None

    @property
    def loads_behind(self) -> int | None:
        """Return how many load events the graph has yet to take in."""
        if self.loads_counted is None:
            return None
        return self.loads_counted - (-1 if self.loads_taken_in is None else self.loads_taken_in)


@dataclass(frozen=True)
class Shown:
    """A graph that shows all of one version of the ledger. `stays_whole`: it does so whatever is written."""

    graph: ReadyGraph
    loads: int
    stays_whole: bool
