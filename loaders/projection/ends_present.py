"""Which relationships have both their ends."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from loaders.graph_frames import DANGLING_COLUMNS, END_COLUMNS, empty_frame
from loaders.id_sets import is_among


def missing_ends(kind: str, rows: pd.DataFrame, known: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Return one row per end that no fact describes: `DANGLING_COLUMNS`. In: the ends; ids known by node kind."""
    parts = [empty_frame(DANGLING_COLUMNS)]
    for side in ("from", "to"):
        absent = rows[~_is_among(rows, side, known)]
        ends = absent[list(END_COLUMNS)].assign(kind=kind)
        parts.append(ends.assign(missing_kind=absent[f"{side}_kind"], missing_id=absent[f"{side}_id"]))
    return pd.concat(parts, ignore_index=True)[list(DANGLING_COLUMNS)]


def with_both_ends(rows: pd.DataFrame, shown: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Return the rows both of whose ends are among the shown ids of their node kind."""
    return rows[_is_among(rows, "from", shown) & _is_among(rows, "to", shown)]


def _is_among(rows: pd.DataFrame, side: str, ids: Mapping[str, pd.Series]) -> pd.Series:
    present = pd.Series(False, index=rows.index)
    kinds, ends = rows[f"{side}_kind"], rows[f"{side}_id"]
    for kind in kinds.unique():
        if kind in ids:
            present |= (kinds == kind) & is_among(ends, ids[kind])
    return present
