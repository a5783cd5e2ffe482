"""Joins of whole numbers: every pair of places whose keys are alike, without a loop over rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE = -1


def joined(left: Places, right: Places) -> tuple[Places, Places]:
    """Return the places of every pair of alike keys, by the left one, then the right one. A key below 0 joins none."""
    order = np.argsort(right, kind="stable")
    keys = right[order]
    start, stop = np.searchsorted(keys, left, "left"), np.searchsorted(keys, left, "right")
    count = np.where(left >= 0, stop - start, 0)
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.arange(len(left)), count), order[np.repeat(start, count) + within]


def places_in(index: pd.Index, ids: Iterable[object]) -> Places:
    """Return the place of each id in the index, -1 for one that is not there or missing."""
    return np.asarray(index.get_indexer(pd.Index(_objects(ids), dtype="object")), dtype=np.int64)


def index_of(*columns: Iterable[object]) -> pd.Index:
    """Return every id of the columns once, sorted, without what is missing."""
    found = {value for column in columns for value in pd.unique(_objects(column)) if isinstance(value, str)}
    index: pd.Index = pd.Index(sorted(found), dtype="object")
    return index


def _objects(values: Iterable[object]) -> NDArray[np.object_]:
    """Return the values as an array: to go through a column value by value takes ten times as long."""
    if isinstance(values, pd.Series | pd.Index | np.ndarray):
        return np.asarray(values, dtype=object)
    listed = list(values)
    found: NDArray[np.object_] = np.full(len(listed), None, dtype=object)
    found[:] = listed
    return found


def taken(names: pd.Index, places: Places) -> NDArray[np.object_]:
    """Return the name at each place, None where the place is -1."""
    found: NDArray[np.object_] = with_none(names)[places]
    return found


def with_none(names: Iterable[object]) -> NDArray[np.object_]:
    """Return the names and None behind them, so that the place -1 names nothing."""
    own = _objects(names)
    found: NDArray[np.object_] = np.full(len(own) + 1, None, dtype=object)
    found[:-1] = own
    return found


def sums(places: Places, amounts: Places, count: int) -> Places:
    """Return the sum of the amounts at each place; those at -1 are nobody's."""
    found = np.zeros(count + 1, dtype=np.int64)
    np.add.at(found, places, amounts)
    return found[:count]
