"""Which relationships have both their ends."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from loaders.graph_frames import DANGLING_COLUMNS, END_COLUMNS
from loaders.id_sets import is_among


def with_both_ends(
    kind: str, rows: pd.DataFrame, *, known: Mapping[str, pd.Series], shown: Mapping[str, pd.Series]
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Return the rows whose ends the graph shows, and in pieces the ends that no fact describes (`DANGLING_COLUMNS`).

    In: the ends, and by node kind the ids that facts describe and those of them that the graph shows. A relationship
    to what is known but not shown, as a closed case, is left out and is no fault.
    """
    if rows.empty:
        return rows, []
    is_kept = pd.Series(True, index=rows.index)
    dangling = []
    for side in ("from", "to"):
        is_known, is_shown = _present(rows, side, known=known, shown=shown)
        is_kept &= is_shown
        if not is_known.all():
            absent = rows.loc[~is_known]
            missing = {"missing_kind": absent[f"{side}_kind"], "missing_id": absent[f"{side}_id"]}
            dangling.append(absent[list(END_COLUMNS)].assign(kind=kind, **missing)[list(DANGLING_COLUMNS)])
    return rows.loc[is_kept], dangling


def _present(
    rows: pd.DataFrame, side: str, *, known: Mapping[str, pd.Series], shown: Mapping[str, pd.Series]
) -> tuple[pd.Series, pd.Series]:
    is_known, is_shown = pd.Series(False, index=rows.index), pd.Series(False, index=rows.index)
    kinds, ends = rows[f"{side}_kind"], rows[f"{side}_id"]
    for kind in kinds.unique():
        if kind in known:
            of_kind = kinds == kind
            among_known = of_kind & is_among(ends, known[kind])
            is_known |= among_known
            shows_all = len(shown[kind]) == len(known[kind])
            is_shown |= among_known if shows_all else of_kind & is_among(ends, shown[kind])
    return is_known, is_shown
