"""Rows alike told by whole numbers: codes of several columns, labels of lists, and what stands under each label."""

from __future__ import annotations

import numpy as np

from analysis.assistance.plan.program import Units

_LARGEST = 2**62


def coded(*columns: Units) -> Units:
    """Return one whole number per row: the place of its values among the different rows, sorted."""
    code: Units = np.zeros(len(columns[0]), dtype=np.int64)
    width = 1
    for column in columns:
        least = int(column.min(initial=0))
        span = int(column.max(initial=0)) - least + 1
        # Sorting is what costs time: it is put off until the numbers would no longer fit.
        if width * span > _LARGEST:
            _, code = np.unique(code, return_inverse=True)
            width = int(code.max(initial=0)) + 1
        if width * span > _LARGEST:
            values, column = np.unique(column, return_inverse=True)
            least, span = 0, len(values)
        code = code * span + (column - least)
        width *= span
    _, code = np.unique(code, return_inverse=True)
    return code.astype(np.int64)


def list_labels(owner: Units, item: Units, count: int) -> Units:
    """Return a number per owner (0 to count - 1): two have the same if their sorted lists of items are the same."""
    order = np.lexsort((item, owner))
    item = item[order]
    lengths = np.bincount(owner, minlength=count)
    starts = np.cumsum(lengths) - lengths
    labels = np.zeros(count, dtype=np.int64)
    waiting, step, used = np.flatnonzero(lengths > 0), 0, 1
    # Step by step one more item: who still has one goes on to a new number, told apart by the old number and the item.
    while len(waiting):
        new = coded(labels[waiting], item[starts[waiting] + step])
        labels[waiting] = used + new
        used += int(new.max()) + 1
        step += 1
        waiting = waiting[lengths[waiting] > step]
    return labels


def firsts(labels: Units) -> Units:
    """Return the first place of each label from 0 up."""
    values, first = np.unique(labels, return_index=True)
    return first[values >= 0].astype(np.int64)


def sums_by(labels: Units, values: Units, count: int) -> Units:
    """Return the sum of the values of each label from 0 to count - 1; a label of -1 counts nowhere."""
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, labels[labels >= 0], values[labels >= 0])
    return sums
