"""The census of the graph (`analysis.links.census`), kept for as long as the graph stays as it is."""

from __future__ import annotations

from datetime import date

from analysis.fetch.census import take_census
from analysis.links.census import Census
from api.kept import Kept
from graph_store import GraphStore

# The day of the graph, and a few that somebody compares it with.
MOST_KEPT = 3


class KeptCensus:
    """The last censuses that were taken, each of a graph and a day."""

    def __init__(self) -> None:
        self._kept: Kept[Census] = Kept(MOST_KEPT)

    def of(self, store: GraphStore, day: date) -> Census:
        """Return the census of the graph on a day; to be asked while the graph is held, as in `GraphKeeper.asking`."""
        return self._kept.of(store, lambda: take_census(store, day), day)
