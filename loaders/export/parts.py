"""What is exported, one kind at a time: Arrow batches whose columns have the type of their property."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from ledger.tables import ARROW_TYPES
from loaders.facts import CODE_JOINT
from loaders.graph_frames import END_COLUMNS

Holding = Literal["nodes", "relationships", "facts"]
# Rows that are in memory as text at once.
BATCH_ROWS = 20_000
TEXTS = frozenset({PropertyType.TEXT, PropertyType.CODE, PropertyType.JSON})


@dataclass(frozen=True)
class Part:
    """One kind: its columns in order with their types, how many rows it has, and what yields them in batches."""

    kind: str
    holds: Holding
    types: dict[str, PropertyType]
    row_count: int
    batches: Callable[[], Iterator[pa.RecordBatch]]

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema of the batches."""
        return pa.schema([(name, ARROW_TYPES[each]) for name, each in self.types.items()])


def frame_part(kind: str, holds: Holding, types: dict[str, PropertyType], frame: pd.DataFrame) -> Part:
    """Return a frame of the graph as a part with exactly the columns of `types`."""

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(frame), BATCH_ROWS):
            rows = frame.iloc[start : start + BATCH_ROWS]
            yield pa.RecordBatch.from_arrays([_array(rows[name], each) for name, each in types.items()], list(types))

    return Part(kind, holds, types, len(frame), batches)


def table_part(kind: str, types: dict[str, PropertyType], table: pa.Table) -> Part:
    """Return a table of facts as a part."""
    chosen = table.select(list(types))
    return Part(kind, "facts", types, table.num_rows, lambda: iter(chosen.to_batches(max_chunksize=BATCH_ROWS)))


def between(part: Part, from_kind: str, to_kind: str) -> Part:
    """Return the relationships of a part between two kinds of node, without the columns of the kinds."""
    types = {name: each for name, each in part.types.items() if name not in ("from_kind", "to_kind")}

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in part.batches():
            fits = pc.and_(pc.equal(batch["from_kind"], from_kind), pc.equal(batch["to_kind"], to_kind))
            yield batch.filter(fits).select(list(types))

    return Part(part.kind, part.holds, types, sum(batch.num_rows for batch in batches()), batches)


def pairs_of_kinds(part: Part) -> list[tuple[str, str]]:
    """Return the pairs of kinds that the relationships of a part join, sorted."""
    pairs: set[tuple[str, str]] = set()
    for batch in part.batches():
        grouped = pa.Table.from_batches([batch.select(list(END_COLUMNS[::2]))]).group_by(["from_kind", "to_kind"])
        pairs |= {(row["from_kind"], row["to_kind"]) for row in grouped.aggregate([]).to_pylist()}
    return sorted(pairs)


def as_text(values: pa.Array, of_type: PropertyType, *, zone: str = "Z") -> pa.Array:
    """Return values as text, null staying null: days and instants in ISO form, lists joined by `;`.

    `zone` stands behind an instant, which is in UTC.
    """
    if of_type is PropertyType.INSTANT:
        # Without a zone, since Arrow would ask the system's list of zones for it.
        plain = pc.cast(values, pa.timestamp("us"))
        return pc.binary_join_element_wise(pc.strftime(plain, format="%Y-%m-%dT%H:%M:%S"), zone, "")
    if of_type is PropertyType.CODES:
        return pc.binary_join(pc.cast(values, pa.list_(pa.string())), CODE_JOINT)
    return values if of_type in TEXTS else pc.cast(values, pa.string())


def _array(values: pd.Series, of_type: PropertyType) -> pa.Array:
    arrow_type = ARROW_TYPES[of_type]
    if of_type is PropertyType.DAY:
        return pa.array(values.to_numpy("datetime64[D]"), arrow_type)
    if of_type is PropertyType.CODES:
        return pa.array(values.tolist(), arrow_type)
    return pa.Array.from_pandas(values, type=arrow_type)
