"""Big frames into the embedded engine: its bulk calls, with the checks that they do not make.

The bulk call would make a stub node for an end that is not there and, on the first load of a kind, keep two
relationships between the same ends. Both are seen to here, on positions in the list of known ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import kglite
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from graph_store.ddl import unique_ids
from graph_store.errors import StoreError
from graph_store.frames import Types, last_of_each, told_columns
from graph_store.writes import Ends

BULK_ROWS = 20_000
"""From so many rows on the bulk call is faster than MERGE, which costs it about 0.3 s a call on a large graph."""

_ENGINE_TYPES: Mapping[PropertyType, str] = {
    PropertyType.DAY: "datetime",
    PropertyType.INSTANT: "timestamp",
    PropertyType.CODES: "list",
}


class KnownIds:
    """The ids of the graph by node kind, fetched when first asked for and forgotten when they may have changed."""

    def __init__(self, fetch: Callable[[str], pa.Array]) -> None:
        self._fetch = fetch
        self._ids: dict[str, pa.Array] = {}

    def of(self, kind: str) -> pa.Array:
        """Return the ids of a kind."""
        if kind not in self._ids:
            self._ids[kind] = self._fetch(kind)
        return self._ids[kind]

    def note(self, kind: str, ids: pa.Array) -> None:
        """Note that these are all the ids of a kind."""
        self._ids[kind] = ids

    def forget(self, kind: str | None = None) -> None:
        """Forget the ids of a kind, or of all kinds."""
        if kind is None:
            self._ids.clear()
        else:
            self._ids.pop(kind, None)


def add_nodes(graph: kglite.KnowledgeGraph, kind: str, frame: pd.DataFrame, types: Types) -> pd.DataFrame:
    """Write a frame, clearing what it says nothing about; return the distinct rows written, the last of several."""
    graph.cypher(unique_ids(kind))
    try:
        _add_nodes(graph, kind, frame, types)
    except kglite.ConstraintViolationError:
        # The engine finds a repeated id anyway and then writes nothing; looking for one before would cost every frame.
        frame = last_of_each(frame, ("id",))
        _add_nodes(graph, kind, frame, types)
    return frame


def add_relationships(
    graph: kglite.KnowledgeGraph, ends: Ends, frame: pd.DataFrame, types: Types, known: KnownIds
) -> int:
    """Write the relationships, the last of several between the same ends, and return how many.

    Raises StoreError("missing_end") before anything is written.
    """
    kind, from_kind, to_kind = ends
    from_ids, to_ids = known.of(from_kind), known.of(to_kind)
    starts, finishes = _positions(frame["from_id"], from_ids), _positions(frame["to_id"], to_ids)
    missing = int(((starts < 0) | (finishes < 0)).sum())
    if missing:
        raise StoreError("missing_end", kind=kind, count=missing, from_kind=from_kind, to_kind=to_kind)
    repeated = pd.Series(starts * max(len(to_ids), 1) + finishes).duplicated(keep="last").to_numpy()
    told = _engine_frame(frame[~repeated] if repeated.any() else frame, types)
    graph.add_relationships(
        told,
        kind,
        from_kind,
        "from_id",
        to_kind,
        "to_id",
        conflict_handling="replace",
        column_types=_column_types(told, types),
    )
    return len(told)


def as_array(values: pd.Series) -> pa.Array:
    """Return a column of text as one Arrow array, without copying where pandas holds it so."""
    array = pa.array(values, type=pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _add_nodes(graph: kglite.KnowledgeGraph, kind: str, frame: pd.DataFrame, types: Types) -> None:
    told = _engine_frame(frame, types)
    graph.add_nodes(told, kind, "id", conflict_handling="replace", column_types=_column_types(told, types))


def _positions(ids: pd.Series, among: pa.Array) -> npt.NDArray[np.int64]:
    found = pc.index_in(as_array(ids), value_set=among)
    return np.asarray(pc.fill_null(found, -1)).astype(np.int64)


def _engine_frame(frame: pd.DataFrame, types: Types) -> pd.DataFrame:
    # The engine would guess a type for a column without any value; left out, "replace" clears it.
    told = told_columns(frame, types)
    instants = [name for name in told.columns if types.get(name) is PropertyType.INSTANT]
    return told.assign(**{name: told[name].dt.tz_convert(None) for name in instants}) if instants else told


def _column_types(frame: pd.DataFrame, types: Types) -> dict[str, str]:
    return {
        str(name): _ENGINE_TYPES[types[name]]
        for name in frame.columns
        if name in types and types[name] in _ENGINE_TYPES
    }
