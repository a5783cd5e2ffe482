"""Whole measures in the linear program: of one a need takes one unit, of two that do not go together one of both.

Two measures do not go together where a unit of each would cover more than the need. A plan of whole units gives such a
need one of them at most; units in parts, which could give it a bit of each, are kept from it by the same bound, so that
what the linear program reaches is nearer to what whole units can.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from analysis.assistance.plan.classes import Classes, Numbers
from analysis.assistance.plan.labels import coded
from analysis.assistance.plan.program import NONE, Units


@dataclass(frozen=True)
class MeasureRows:
    """Per row units per fen of each column, and the most units; `most_fen` bounds columns that need no row."""

    matrix: csr_array
    most: Numbers
    most_fen: Numbers


def measure_rows(classes: Classes, covering: Units, covered: Units) -> MeasureRows:
    """Return the bounds on units of measures; `covering` are the columns and `covered` the class that each covers."""
    columns = classes.columns
    measure = np.concatenate([columns.measure, classes.share_measure])
    cover = np.concatenate([columns.cover_fen, classes.share_cover])
    most_fen = np.full(len(measure), np.inf)
    kept = measure[covering] != NONE
    column, owner = covering[kept], covered[kept]
    # A pair is a class and a measure that it may get.
    _, first, pair, count = np.unique(
        coded(owner, measure[column]), return_index=True, return_inverse=True, return_counts=True
    )
    of_pair = owner[first]
    is_alone = count[pair] == 1
    most_fen[column[is_alone]] = (classes.size[owner] * cover[column])[is_alone]
    least = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(least, pair, cover[column])
    giving = csr_array((1.0 / cover[column], (pair, column)), shape=(len(first), len(measure)))
    row, member = _apart(of_pair, least, classes.need_fen // classes.size)
    # A pair alone is a row where several columns give the measure, and it is in no row of several pairs.
    alone = np.setdiff1d(np.flatnonzero(count > 1), member)
    rows = int(row.max(initial=-1)) + 1
    row, member = np.concatenate([row, rows + np.arange(len(alone))]), np.concatenate([member, alone])
    rows += len(alone)
    sets = csr_array((np.ones(len(row)), (row, member)), shape=(rows, len(first)))
    most = np.zeros(rows)
    most[row] = classes.size[of_pair[member]]
    return MeasureRows(matrix=csr_array(sets @ giving), most=most, most_fen=most_fen)


def _apart(of_pair: Units, cover: Units, need_fen: Units) -> tuple[Units, Units]:
    """Return row and pair of the largest sets of pairs of one class of which no two go together.

    Pairs that cover more than half the need are such a set; each other pair is one together with those that it does
    not go with, since two that cover half or less always go together.
    """
    pairs = np.arange(len(of_pair))
    is_big = 2 * cover > need_fen[of_pair]
    starts = np.searchsorted(of_pair, of_pair)
    sizes = np.searchsorted(of_pair, of_pair, side="right") - starts
    one = np.repeat(pairs, sizes)
    other = starts[one] + np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    is_apart = ~is_big[one] & is_big[other] & (cover[one] + cover[other] > need_fen[of_pair[one]])
    one, other = one[is_apart], other[is_apart]
    # The big ones of a class are a set of their own, unless another pair goes with none of them.
    big = np.bincount(of_pair[is_big], minlength=len(need_fen))
    held = np.zeros(len(need_fen), dtype=np.bool_)
    with_all = np.bincount(one, minlength=len(pairs)) == big[of_pair]
    held[of_pair[with_all & (big[of_pair] > 0) & ~is_big]] = True
    bigs = np.flatnonzero(is_big & (big[of_pair] > 1) & ~held[of_pair])
    small = np.unique(one)
    label = np.concatenate([one, small, len(pairs) + of_pair[bigs]])
    member = np.concatenate([other, small, bigs])
    return (coded(label) if len(label) else label), member
