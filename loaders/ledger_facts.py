"""The facts that are kept of a file, in the form of their tables in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from loaders.checks.facts import Checked
from loaders.checks.verdict import Verdict
from loaders.rows.fact_rows import Flags, Indexes

NOT_KEPT = -1


@dataclass(frozen=True)
class FactOrigin:
    """What every fact of a load says of itself. `lines` has one line per row of the file."""

    feed: str
    load_id: str
    recorded_at: datetime
    is_made_up: bool
    lines: Indexes


def kept_facts(
    checked: Sequence[Checked], verdict: Verdict, origin: FactOrigin, schemas: dict[str, pa.Schema]
) -> dict[str, pa.Table]:
    """Return the facts that stay, one table per kind that has any, with the columns of `schemas`."""
    tables: dict[str, list[pa.Table]] = {}
    for part, stays in zip(checked, verdict.stays, strict=True):
        if stays.any():
            kind = part.facts.kind
            tables.setdefault(kind, []).append(_table(part, stays, verdict.is_rejected, origin, schemas[kind]))
    return {kind: pa.concat_tables(parts) for kind, parts in tables.items()}


def _table(part: Checked, stays: Flags, is_rejected: Flags, origin: FactOrigin, schema: pa.Schema) -> pa.Table:
    kept = np.flatnonzero(stays)
    chosen = pa.array(kept)
    source_rows = origin.lines[_first_kept_rows(part.facts.fact_of_row, is_rejected, len(stays))[kept]]
    constants = {
        "feed": origin.feed,
        "load_id": origin.load_id,
        "recorded_at": origin.recorded_at,
        "is_made_up": origin.is_made_up,
        "quality": None,
    }
    arrays = []
    for field in schema:
        if field.name == "source_row":
            arrays.append(pa.array(source_rows, field.type))
        elif field.name in constants:
            arrays.append(pa.repeat(pa.scalar(constants[field.name], field.type), len(kept)))
        else:
            arrays.append(part.typed[field.name].take(chosen))
    return pa.table(arrays, schema=schema)


def _first_kept_rows(fact_of_row: Indexes, is_rejected: Flags, count: int) -> Indexes:
    """Return for each fact the first accepted row that says it."""
    rows = np.flatnonzero(~is_rejected & (fact_of_row >= 0))
    first = np.full(count, NOT_KEPT, np.int64)
    first[fact_of_row[rows][::-1]] = rows[::-1]
    return first
