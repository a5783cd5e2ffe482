"""Households counted by place (`analysis.places.counted`), kept for as long as the graph stays as it is."""

from __future__ import annotations

from analysis.places.counted import CountedPlaces
from api.kept import Kept
from graph_store import GraphStore


class KeptPlaces:
    """The counts of the newest graph that was asked, which are taken place by place."""

    def __init__(self) -> None:
        self._kept: Kept[CountedPlaces] = Kept(1)

    def of(self, store: GraphStore) -> CountedPlaces:
        """Return the counts of the graph. To be asked while the graph is held, as `GraphKeeper.asking` does."""
        return self._kept.of(store, lambda: CountedPlaces(store), store)
