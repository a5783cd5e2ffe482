"""Which version of the graph questions are answered from."""

from __future__ import annotations

from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date

from loaders.graph_update import UpdateReport
from loaders.workspace import ReadyGraph

answered_from: ContextVar[list[int] | None] = ContextVar("answered_from", default=None)
"""Where whoever answers a request notes the ledger version that the graph showed."""

MOST_UPDATES = 50


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


class TakenIn:
    """What was done to the graph in the last updates of a server; one thread notes, many may ask."""

    def __init__(self) -> None:
        self._updates: deque[tuple[int, UpdateReport]] = deque(maxlen=MOST_UPDATES)

    def note(self, before: int, report: UpdateReport) -> None:
        """Note an update of a graph that had taken in the version `before`.

        Which contradictions are new is left out, for some may be sensitive; how many stays.
        """
        news = report.contradictions and replace(report.contradictions, groups=())
        self._updates.append((before, replace(report, contradictions=news)))

    def with_load(self, version: int) -> UpdateReport | None:
        """Return the update that brought a version of the ledger, alone or with others.

        None where it was before the server was started, or before the last MOST_UPDATES.
        """
        updates = tuple(self._updates)
        return next((report for before, report in updates if before < version <= report.loads_version), None)
