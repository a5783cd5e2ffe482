"""Relationships that stand in a column of a node's table, read in the right direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from graph_schema.meta import RelationshipKind
from graph_schema.tables import FactColumn, FactTable
from loaders.graph_frames import ends_frame


def column_relationships(
    rows: pd.DataFrame, table: FactTable, relationship_kinds: Mapping[str, RelationshipKind]
) -> dict[str, pd.DataFrame]:
    """Return, by relationship kind kept in the graph, the ends that the end columns of a node kind name.

    The column stands with the many: of `Agency -[RUNS]-> Programme` it is `agency_id` of the programme, so there the
    relationship begins at what the column names.
    """
    found = {}
    for kind in relationship_kinds.values():
        columns = [column for column in table.columns if column.relationship == kind.name]
        if columns and kind.kept_in == "both" and len(rows):
            own = rows["id"].to_frame().assign(kind=table.name)
            found[kind.name] = _ends(rows, own, columns, begins_here=kind.cardinality != "1:n")
    return found


def named_ends(rows: pd.DataFrame, columns: Iterable[FactColumn]) -> pd.DataFrame:
    """Return kind and id of what the first filled of the columns names, row by row, null where none is."""
    ends = pd.DataFrame({"kind": None, "id": None}, index=rows.index, dtype="str")
    for column in columns:
        is_named = ends["id"].isna() & rows[column.name].notna()
        ends["kind"] = ends["kind"].mask(is_named, column.refers_to[0])
        ends["id"] = ends["id"].mask(is_named, rows[column.name])
    return ends


def _ends(rows: pd.DataFrame, own: pd.DataFrame, columns: list[FactColumn], *, begins_here: bool) -> pd.DataFrame:
    named = named_ends(rows, columns)
    start, goal = (own, named) if begins_here else (named, own)
    ends = ends_frame(start["kind"], start["id"], goal["kind"], goal["id"])
    return ends[named["id"].notna()].reset_index(drop=True)
