"""What is worked out of a graph, kept for as long as the graph stays as it is.

The same graph gives the same, so it is kept under what the graph itself says it holds: the marks that the last update
left in it. The next load changes these, and the first question after it has it worked out anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from graph_store import GraphStore
from loaders.graph_update import noted_markers

Found = TypeVar("Found")


class Kept(Generic[Found]):
    """The last `most` things that were worked out; many threads may ask, and one makes what all of them wait for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._making = Lock()
        self._kept: OrderedDict[object, Found] = OrderedDict()

    def of(self, store: GraphStore, make: Callable[[], Found], *asked: object) -> Found:
        """Return what `make` returns for a graph and what is `asked` of it, or returned before.

        To be asked while the graph is held, as in `GraphKeeper.asking`.
        """
        key = self._key(store, *asked)
        found = self._kept.get(key)
        if found is not None:
            return found
        with self._making:
            found = self._kept.get(key)
            if found is None:
                found = make()
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found

    def known(self, store: GraphStore, *asked: object) -> Found | None:
        """Return what was returned before for a graph and what is `asked` of it, None where it was not made yet."""
        return self._kept.get(self._key(store, *asked))

    @staticmethod
    def _key(store: GraphStore, *asked: object) -> object:
        return (tuple(sorted(noted_markers(store).items())), *asked)
