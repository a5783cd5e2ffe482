"""The graph as frames: what the facts say on one day, one frame per node kind and per relationship kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from pandas.api.types import pandas_dtype

from graph_schema.meta import Property, PropertyType
from loaders.ordering import in_order

END_COLUMNS = ("from_kind", "from_id", "to_kind", "to_id")

DANGLING_COLUMNS = ("kind", *END_COLUMNS, "missing_kind", "missing_id")
"""A relationship that a fact names but one of whose ends no fact describes."""

OVERLAP_COLUMNS = ("kind", "member_kind", "member_id")
"""A node that by its facts has two open relationships of a kind that allows one."""

DISAGREEMENT_COLUMNS = ("kind", "property", "count")
"""How many nodes or relationships of a kind have a property on which feeds differ."""

# `str` is the text type of pandas 3: null is NaN, and comparing or joining it never makes Python objects.
DTYPES: dict[PropertyType, str] = {
    PropertyType.TEXT: "str",
    PropertyType.CODE: "str",
    PropertyType.JSON: "str",
    PropertyType.DAY: "datetime64[s]",
    PropertyType.INSTANT: "datetime64[us, UTC]",
    PropertyType.WHOLE: "Int64",
    PropertyType.NUMBER: "float64",
    PropertyType.SHARE: "float64",
    PropertyType.FLAG: "boolean",
    PropertyType.CODES: "object",
}


@dataclass(frozen=True)
class GraphFrames:
    """Everything the graph holds.

    `nodes`: by kind, columns `id` and every property the graph holds of the kind, sorted by `id`. `relationships`: by
    kind, columns `from_kind`, `from_id`, `to_kind`, `to_id` and its properties, sorted by them, both ends being there.
    A value that no fact gives is null. Days are `datetime64[s]`, instants `datetime64[us, UTC]`, lists of codes Python
    lists. The other frames tell what the facts do not fit together on (`DANGLING_COLUMNS`, `OVERLAP_COLUMNS`,
    `DISAGREEMENT_COLUMNS`).
    """

    nodes: dict[str, pd.DataFrame]
    relationships: dict[str, pd.DataFrame]
    dangling: pd.DataFrame = field(default_factory=lambda: empty_frame(DANGLING_COLUMNS))
    overlapping: pd.DataFrame = field(default_factory=lambda: empty_frame(OVERLAP_COLUMNS))
    disagreeing: pd.DataFrame = field(default_factory=lambda: empty_frame(DISAGREEMENT_COLUMNS))


def empty_frame(columns: Sequence[str]) -> pd.DataFrame:
    """Return a frame without rows whose columns hold text."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})


def ends_frame(
    from_kind: str | pd.Series, from_id: pd.Series, to_kind: str | pd.Series, to_id: pd.Series
) -> pd.DataFrame:
    """Return the four end columns, row by row; a kind given as a text stands in every row."""
    ends = pd.DataFrame({"from_kind": from_kind, "from_id": from_id, "to_kind": to_kind, "to_id": to_id})
    return ends.astype("str")


def telling_ends(rows: pd.DataFrame) -> list[str]:
    """Return the end columns by which the relationships of `rows` differ: the ids, and kinds where there are several.

    A column of one kind in every row neither sorts nor tells apart, and comparing texts is what takes the time.
    """
    kinds = [name for name in ("from_kind", "to_kind") if rows[name].nunique() > 1]
    return [name for name in END_COLUMNS if name in kinds or name.endswith("_id")]


def typed_frame(rows: pd.DataFrame, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return `rows` with exactly these columns in these dtypes; a column that `rows` lacks is null."""
    return pd.DataFrame({name: _typed(rows, name, dtype) for name, dtype in dtypes.items()}, index=rows.index)


def _typed(rows: pd.DataFrame, name: str, dtype: str) -> pd.Series:
    wanted = pandas_dtype(dtype)
    if name not in rows.columns:
        return pd.Series(index=rows.index, dtype=wanted)
    column = rows[name]
    # Most columns have their dtype already, and a cast that changes nothing still copies.
    return column if column.dtype == wanted else column.astype(wanted)


def node_frame(rows: pd.DataFrame, properties: Sequence[Property]) -> pd.DataFrame:
    """Return `rows` as a node frame: `id` and each property with its dtype, sorted by `id`."""
    typed = typed_frame(rows, {"id": "str"} | _dtypes(properties))
    return in_order(typed, ["id"])


def relationship_frame(rows: pd.DataFrame, properties: Sequence[Property]) -> pd.DataFrame:
    """Return `rows` as a relationship frame: the ends and each property with its dtype, sorted by the ends."""
    typed = typed_frame(rows, dict.fromkeys(END_COLUMNS, "str") | _dtypes(properties))
    return in_order(typed, telling_ends(typed))


def _dtypes(properties: Sequence[Property]) -> dict[str, str]:
    return {each.name: DTYPES[each.type] for each in properties}
