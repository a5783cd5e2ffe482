"""The census of the graph (`analysis.links.census`), kept for as long as the graph stays as it is.

A census is the same for the same graph and day, so it is kept under what the graph itself says it holds: the marks that
the last update left in it. The next load changes these, and the first question after it takes the census anew.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from analysis.fetch.census import take_census
from analysis.links.census import Census
from graph_store import GraphStore
from loaders.graph_update import noted_markers

# The day of the graph, and a few that somebody compares it with.
MOST_KEPT = 3


class KeptCensus:
    """The last censuses that were taken; many threads may ask, and one takes what all of them wait for."""

    def __init__(self) -> None:
        self._taking = Lock()
        self._kept: OrderedDict[tuple[object, date], Census] = OrderedDict()

    def of(self, store: GraphStore, day: date) -> Census:
        """Return the census of the graph on a day; to be asked while the graph is held, as in `GraphKeeper.asking`."""
        key = (tuple(sorted(noted_markers(store).items())), day)
        found = self._kept.get(key)
        if found is not None:
            return found
        with self._taking:
            found = self._kept.get(key) or take_census(store, day)
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found
