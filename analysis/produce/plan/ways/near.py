"""Pairs of senders and takers of one product that may be near enough: by a k-d tree on the unit sphere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from analysis.produce.plan.ways.reach import chords, farthest_road_km
from analysis.produce.plan.ways.sides import Numbers, Sides, Whole

# So many senders are looked at together; they are alike in product and grade and leave at about the same time.
CELL = 2048
# Takers are asked together while the nearest-reaching reaches at least this part of the farthest-reaching.
BAND = 0.8


def near_pairs(sides: Sides) -> Iterator[tuple[Whole, Whole]]:
    """Yield pairs (positions among senders and takers), each once, that hold every pair that fits by its straight line.

    Senders or takers whose place is unknown are in none. Source: measured against other indexes, this one was as fast
    as any, exact, and needs nothing new.
    """
    senders, takers = sides.senders, sides.takers
    sender_points, taker_points = _points(senders.lat, senders.lon), _points(takers.lat, takers.lon)
    placed = ~np.isnan(taker_points).any(axis=1)
    for cell in _cells(sides, np.flatnonzero(~np.isnan(sender_points).any(axis=1))):
        first = cell[0]
        wanted = placed & (takers.product == senders.product[first])
        wanted &= sides.good_enough[senders.grade[first]][takers.grade]
        taker = np.flatnonzero(wanted)
        if len(taker):
            yield from _near_cell(sides, cell, taker, sender_points[cell], taker_points)


def _cells(sides: Sides, placed: Whole) -> Iterator[Whole]:
    """Yield the senders of one product and grade that leave at about the same time."""
    senders = sides.senders
    order = placed[np.lexsort((senders.leaves[placed], senders.grade[placed], senders.product[placed]))]
    product, grade = senders.product[order], senders.grade[order]
    begins = np.flatnonzero((np.diff(product) != 0) | (np.diff(grade) != 0)) + 1
    for alike in np.split(order, begins):
        yield from (alike[at : at + CELL] for at in range(0, len(alike), CELL))


def _near_cell(
    sides: Sides, cell: Whole, taker: Whole, sender_points: Numbers, taker_points: Numbers
) -> Iterator[tuple[Whole, Whole]]:
    reach = farthest_road_km(sides, cell, taker)
    taker, reach = taker[reach >= 0], reach[reach >= 0]
    if not len(taker):
        return
    radii = chords(reach, float(sides.senders.road_factor[cell].min()))
    tree = cKDTree(sender_points, compact_nodes=False, balanced_tree=False)
    for band in _bands(radii):
        others = cKDTree(taker_points[taker[band]], compact_nodes=False, balanced_tree=False)
        near = tree.sparse_distance_matrix(others, float(radii[band].max()), output_type="ndarray")
        is_near = near["v"] <= radii[band][near["j"]]
        yield cell[near["i"][is_near]], taker[band][near["j"][is_near]]


def _bands(radii: Numbers) -> Iterator[Whole]:
    """Yield the positions of radii of about the same size: a tree is asked with one radius for all."""
    order = np.argsort(radii)
    end = len(order)
    while end:
        begin = int(np.searchsorted(radii[order[:end]], radii[order[end - 1]] * BAND))
        yield order[begin:end]
        end = begin


def _points(lat: Numbers, lon: Numbers) -> Numbers:
    """Return points of the unit sphere, one row each; NaN where the place is unknown."""
    north, east = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
