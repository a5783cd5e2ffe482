"""What makes a fact a statement about the same thing as another one: its key, as one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import NodeKind, RelationshipKind
from graph_schema.tables import FactTable

KEY_JOINT = "|"
OBSERVATION = "Observation"
# Observations of the same indicator and subject are one series, whatever their days; all other kinds have their ids.
SERIES_COLUMNS = ("indicator_id", "household_id", "area_id", "product_id")
END_COLUMNS = ("from_kind", "from_id", "to_kind", "to_id")
DATED_PARTS = ("_on", "_at", "_year")


def key_columns(table: FactTable) -> tuple[str, ...]:
    """Return the columns whose values are the key of a fact of the table."""
    if table.name == OBSERVATION:
        return SERIES_COLUMNS
    if isinstance(table.kind, RelationshipKind):
        return tuple(name for name in END_COLUMNS if table.column(name) is not None)
    return ("id",)


def keys_of(columns: Mapping[str, pa.Array], table: FactTable) -> pa.Array:
    """Return one key per fact, null where a fact at fault has none that could be read."""
    names = key_columns(table)
    if len(names) == 1:
        return columns[names[0]]
    needed = "indicator_id" if table.name == OBSERVATION else "from_id"
    parts = [pc.fill_null(columns[name], "") for name in names]
    return pc.if_else(pc.is_valid(columns[needed]), pc.binary_join_element_wise(*parts, KEY_JOINT), None)


def ends_by_missing(table: FactTable) -> bool:
    """Return whether a thing of the kind has ended when a snapshot lacks it.

    What belongs to a day or a year of its own, such as the income of one year, does not: its time is over anyway.
    """
    kind = table.kind
    if table.name == OBSERVATION or not isinstance(kind, NodeKind):
        return True
    return not any(part.endswith(DATED_PARTS) for part in kind.id_parts)


def subject_column(table: FactTable, kind: str) -> str | None:
    """Return the column that names the household or person that a fact is about, None where it names none."""
    if table.name == kind:
        return "id"
    named: Sequence[str] = [column.name for column in table.columns if column.refers_to == (kind,)]
    return named[0] if named else None
