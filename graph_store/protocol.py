"""What every graph store can do. There are two: the embedded one and Neo4j."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

import pandas as pd

Engine = Literal["embedded", "neo4j"]
Row = dict[str, object]


@dataclass(frozen=True)
class Marker:
    """The version of a ledger table that the graph has taken in."""

    table_name: str
    version: int


class GraphStore(Protocol):
    """A graph that is written by kind and asked by named questions.

    Frames of nodes: `id` and the properties of the kind in the graph. Frames of relationships: `from_kind`, `from_id`,
    `to_kind`, `to_id` and the properties. A property that is null or has no column is cleared. Of several rows for one
    node, or for one pair of ends, the last counts. Writing the same rows twice changes nothing.
    """

    @property
    def engine(self) -> Engine:
        """Return which engine answers."""
        ...

    def apply_schema(self) -> None:
        """Declare that ids are unique, and the indexes. May be repeated."""
        ...

    def merge_nodes(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write nodes and return how many; the marker counts once the last row is in."""
        ...

    def merge_relationships(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write relationships and return how many. Raises StoreError("missing_end") if an end is not in the graph."""
        ...

    def remove_nodes(self, kind: str, ids: Sequence[str]) -> int:
        """Remove nodes with their relationships and return how many there were."""
        ...

    def remove_relationships(self, kind: str, frame: pd.DataFrame) -> int:
        """Remove the relationships between the ends of each row and return how many there were."""
        ...

    def mark(self, marker: Marker) -> None:
        """Note which version of a table the graph has taken in."""
        ...

    def ask(self, name: str, **parameters: object) -> list[Row]:
        """Return the rows of a named question. Days come back as `date`, instants as `datetime` in UTC."""
        ...

    def held(self) -> GraphStore | None:
        """Return the graph as it is now, to be read: what is written later is not seen through it.

        None where the engine cannot do so.
        """
        ...

    def at_once(self) -> AbstractContextManager[None]:
        """Let `held` show what is written inside all at once, at the end; broken off, all is as it was last saved.

        Where the engine cannot do so, each batch is seen as it is written.
        """
        ...

    def clear(self) -> None:
        """Remove every node of our kinds and every marker, for a rebuild."""
        ...

    def dump_nodes(self, kind: str) -> pd.DataFrame:
        """Return all nodes of a kind, sorted by id, for comparing two stores."""
        ...

    def dump_relationships(self, kind: str) -> pd.DataFrame:
        """Return all relationships of a kind, sorted by their ends, for comparing two stores."""
        ...

    def save(self) -> None:
        """Make what was written last beyond this process; nothing to do where the server does it."""
        ...

    def close(self) -> None:
        """Let go of the graph. What was not saved is gone where saving is ours to do."""
        ...
