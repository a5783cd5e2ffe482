"""What hangs together in a program: parts that share no lot, no demand and nothing else that binds them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Rules

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Larger parts are solved one by one; smaller ones together until there are so many ways: a call has its own cost.
_WAYS_TOGETHER = 20_000


def components(program: Program, rows: Whole) -> Whole:
    """Return per given way (positions) the number of its component: two are one if they share a lot or a demand."""
    lot, demand = program.ways["lot"].to_numpy()[rows], program.ways["demand"].to_numpy()[rows]
    lots, size = len(program.lots), len(program.lots) + len(program.demands)
    links = coo_array((np.ones(len(rows), dtype=np.int32), (lot, demand + np.int64(lots))), shape=(size, size))
    _, of_node = connected_components(links, directed=False)
    labels: Whole = of_node[lot].astype(np.int64)
    return labels


def together(labels: Whole) -> list[Whole]:
    """Return the places of the labels in groups, each of one large component or of several small ones."""
    sizes = np.bincount(labels)
    is_large = sizes >= _WAYS_TOGETHER
    small = np.cumsum(np.where(is_large, 0, sizes)) // _WAYS_TOGETHER
    group = np.where(is_large, small.max(initial=0) + np.cumsum(is_large), small)[labels]
    return split_by(group)


def split_by(labels: Whole) -> list[Whole]:
    """Return the places of each label that occurs, in the order of the labels; places stay in order."""
    if not len(labels):
        return []
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def bounded(program: Program) -> tuple[tuple[Whole, int], ...]:
    """Return for each cooperative with a bound its ways (positions) and the most kg."""
    capacity = program.cooperatives["capacity_kg"].to_numpy(dtype=np.int64)
    if not (capacity >= 0).any():
        return ()
    cooperative = program.ways["cooperative"].to_numpy()
    rows = np.flatnonzero(cooperative >= 0)
    rows = rows[capacity[cooperative[rows]] >= 0]
    return tuple((rows[places], int(capacity[cooperative[rows[places[0]]]])) for places in split_by(cooperative[rows]))


def part_of(program: Program, rows: Whole, rules: Rules) -> Program:
    """Return the program of these ways (positions, sorted) with their lots, demands and cooperatives, and the rules."""
    ways = program.ways.iloc[rows].reset_index(drop=True)
    sides = {}
    for name, frame in (("lot", program.lots), ("demand", program.demands), ("cooperative", program.cooperatives)):
        position = ways[name].to_numpy()
        places = np.unique(position)
        places = places[places >= 0]
        moved = np.where(position >= 0, np.searchsorted(places, position), position).astype(np.int32)
        ways = ways.assign(**{name: moved})
        sides[name] = frame.iloc[places].reset_index(drop=True)
    return Program(
        lots=sides["lot"], demands=sides["demand"], cooperatives=sides["cooperative"], ways=ways, rules=rules
    )


def joined(labels: Whole, shared: Iterable[Whole]) -> Whole:
    """Return the labels with those made one that share something; `shared`: the places of what shares a thing."""
    labels = labels.copy()
    for places in shared:
        found = np.unique(labels[places])
        if len(found) > 1:
            labels[np.isin(labels, found)] = found[0]
    return labels
