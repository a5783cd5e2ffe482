"""Households counted by place (`analysis.places.counted`), kept for as long as the graph stays as it is."""

from __future__ import annotations

from threading import Lock

from analysis.places.counted import CountedPlaces
from graph_store import GraphStore
from loaders.graph_update import noted_markers


class KeptPlaces:
    """The counts of the newest graph that was asked; many threads may ask.

    They are kept under what the graph itself says it holds. The next load changes these marks, and the first question
    after it counts anew.
    """

    def __init__(self) -> None:
        self._changing = Lock()
        self._key: object = None
        self._kept: CountedPlaces | None = None

    def of(self, store: GraphStore) -> CountedPlaces:
        """Return the counts of the graph. To be asked while the graph is held, as `GraphKeeper.asking` does."""
        key = (store, tuple(sorted(noted_markers(store).items())))
        with self._changing:
            if self._kept is None or key != self._key:
                self._key, self._kept = key, CountedPlaces(store)
            return self._kept
