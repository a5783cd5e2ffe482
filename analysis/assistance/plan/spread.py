"""The flows of classes spread back: over the classes that share a bundle, and over the needs of a class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.assistance.plan.classes import Classes
from analysis.assistance.plan.model import Numbers
from analysis.assistance.plan.program import AssistProgram, Units, whole_column


def class_flows(classes: Classes, fen: Numbers) -> tuple[Units, Units, Numbers]:
    """Return class, column and fen of every flow, sorted by class and column.

    What classes take of a bundle is handed out in the order of columns and classes, so that each gets as few
    different ways as can be.
    """
    columns = classes.columns
    own = np.flatnonzero(columns.need_class >= 0)
    found = [(int(columns.need_class[place]), int(place), float(fen[place])) for place in own[fen[own] > 0].tolist()]
    shared = np.flatnonzero(columns.bundle >= 0)
    shared = shared[fen[shared] > 0]
    shared = shared[np.argsort(columns.bundle[shared], kind="stable")]
    taken = len(columns.bundle) + np.arange(len(classes.share_class))
    takers = np.flatnonzero(fen[taken] > 0)
    found += _handed(
        (columns.bundle[shared].tolist(), shared.tolist(), fen[shared].tolist()),
        (classes.share_bundle[takers].tolist(), classes.share_class[takers].tolist(), fen[taken[takers]].tolist()),
    )
    found.sort()
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    of_class, column, amount = zip(*found, strict=True)
    return np.array(of_class), np.array(column), np.array(amount)


Side = tuple[list[int], list[int], list[float]]


def _handed(given: Side, taken: Side) -> list[tuple[int, int, float]]:
    """Return who takes what from whom, bundle by bundle; both sides are sorted by bundle."""
    found: list[tuple[int, int, float]] = []
    giver, left = 0, given[2][0] if given[2] else 0.0
    for bundle, of_class, wanted in zip(*taken, strict=True):
        while giver < len(given[0]) and given[0][giver] <= bundle:
            amount = min(left, wanted) if given[0][giver] == bundle else 0.0
            if amount > 0:
                found.append((of_class, given[1][giver], amount))
                wanted -= amount
                left -= amount
            if wanted <= 0:
                break
            giver += 1
            left = given[2][giver] if giver < len(given[0]) else 0.0
    return found


def spread_units(program: AssistProgram, classes: Classes, fen: Numbers) -> NDArray[np.float64]:
    """Return units per chain, as parts of one where they must be: each need of a class is covered to the same share."""
    of_class, column, amount = class_flows(classes, fen)
    size = len(classes.columns.programme)
    chain_need = whole_column(program.chains, "need")[classes.live]
    key = classes.of_need[chain_need] * size + classes.column
    keys = of_class * size + column
    units = np.zeros(len(program.chains))
    if not len(keys):
        return units
    place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    share = whole_column(program.needs, "need_fen")[chain_need] / classes.need_fen[classes.of_need[chain_need]]
    covered = np.where(keys[place] == key, amount[place] * share, 0.0)
    units[classes.live] = covered / whole_column(program.chains, "cover_fen")[classes.live]
    return units
