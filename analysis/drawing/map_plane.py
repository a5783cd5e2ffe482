"""From degrees to the sheet of a sketch map: an equirectangular plane that is true to scale in its middle latitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, floor, log10, pi, radians

import numpy as np
from numpy.typing import NDArray

from analysis.drawing.boundaries import Boundaries, Ring, without_repeats
from analysis.produce.distance import EARTH_RADIUS_KM
from analysis.produce.map_parts import MapPoint

KM_IN_A_DEGREE = EARTH_RADIUS_KM * pi / 180
HALF_TURN, TURN = 180.0, 360.0
# Nearer to a pole no parallel is long enough to draw on.
LEAST_COSINE = 0.05
# Places that are nearer to each other than this together are not drawn larger.
LEAST_SPAN_KM = 2.0
LEAST_TALL, MOST_TALL = 0.5, 1.1
# A narrow map is at least so high, for its names.
LEAST_HEIGHT = 300.0
# Outlines with more positions than this together make a drawing heavy; the smallest are left out.
MOST_POSITIONS = 20_000


@dataclass(frozen=True)
class Plane:
    """Where the map lies on the sheet, in its units, and how many km one of them is.

    `lon_0`, `lat_0`: the middle, in degrees. `edge_error`: how far lengths from east to west are off at the upper or
    lower edge, as a share. `is_point`: all places are the same one, so there is no scale.
    """

    left: float
    top: float
    width: float
    height: float
    lon_0: float
    lat_0: float
    km: float
    edge_error: float
    is_point: bool

    def placed(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place stands on the sheet."""
        ((across, down),) = self.placed_all(np.array([[lon, lat]], dtype=np.float64)).tolist()
        return across, down

    def placed_all(self, positions: Ring) -> Ring:
        """Return where positions (n, 2) of longitude and latitude stand on the sheet, across and down."""
        east = (positions[:, 0] - self.lon_0 + HALF_TURN) % TURN - HALF_TURN
        across = self.left + self.width / 2 + east * KM_IN_A_DEGREE * _cosine(self.lat_0) / self.km
        down = self.top + self.height / 2 - (positions[:, 1] - self.lat_0) * KM_IN_A_DEGREE / self.km
        return np.column_stack((across, down))


def plane_of(points: Sequence[MapPoint], *, left: float, top: float, width: float, pad: float) -> Plane:
    """Return the plane that shows all the points, which are placed; `pad` is free round them."""
    at = np.array([(point.lon, point.lat) for point in points], dtype=np.float64)
    lons, lats = _side_by_side(at[:, 0]), at[:, 1]
    (west, east), (south, north) = (lons.min(), lons.max()), (lats.min(), lats.max())
    lat_0 = float(south + north) / 2
    across = float(east - west) * KM_IN_A_DEGREE * _cosine(lat_0)
    down = float(north - south) * KM_IN_A_DEGREE
    free = width - 2 * pad
    km = max(across / free, down / (width * MOST_TALL - 2 * pad), LEAST_SPAN_KM / free)
    return Plane(
        left=left,
        top=top,
        width=width,
        height=max(down / km + 2 * pad, width * LEAST_TALL, LEAST_HEIGHT),
        lon_0=float(west + east) / 2,
        lat_0=lat_0,
        km=km,
        edge_error=max(abs(_cosine(float(edge)) / _cosine(lat_0) - 1) for edge in (south, north)),
        is_point=across == down == 0,
    )


def scale_bar(plane: Plane, longest: float) -> tuple[float, float]:
    """Return how many km the bar of the scale tells, 1, 2 or 5 with zeros, and its length: no more than `longest`."""
    most = plane.km * longest
    step = 10.0 ** floor(log10(most))
    km = max(size * step for size in (1.0, 2.0, 5.0) if size * step <= most)
    return km, km / plane.km


def outlines(boundaries: Boundaries, plane: Plane) -> tuple[Ring, ...]:
    """Return the outlines that meet the map as positions on the sheet, the largest first.

    They may go on beyond its edge, so they have to be clipped there.
    """
    found = [_near(plane.placed_all(ring), plane) for ring in boundaries.rings]
    shown = sorted((ring for ring in found if len(ring) > 1), key=lambda ring: -_extent(ring))
    counts = np.cumsum([len(ring) for ring in shown])
    return tuple(ring for ring, count in zip(shown, counts, strict=True) if count <= MOST_POSITIONS)


def _near(ring: Ring, plane: Plane) -> Ring:
    """Return the ring without positions that cannot be seen; one that lies beyond one edge wholly becomes empty.

    A position goes where it and both its neighbours are beyond the same edge: the lines that are left stay beyond it.
    """
    edges = (
        (0, plane.left, -1.0),
        (0, plane.left + plane.width, 1.0),
        (1, plane.top, -1.0),
        (1, plane.top + plane.height, 1.0),
    )
    for axis, edge, side in edges:
        is_beyond = (ring[:, axis] - edge) * side > 0
        if is_beyond.all():
            return ring[:0]
        goes = is_beyond.copy()
        goes[1:-1] &= is_beyond[:-2] & is_beyond[2:]
        goes[[0, -1]] = False
        ring = ring[~goes]
    return without_repeats(ring.round())


def _extent(ring: Ring) -> float:
    return float(np.ptp(ring, axis=0).max())


def _cosine(latitude: float) -> float:
    return max(cos(radians(latitude)), LEAST_COSINE)


def _side_by_side(lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes on the side of the first, so that places on both sides of 180° lie side by side."""
    moved: NDArray[np.float64] = lons[0] + (lons - lons[0] + HALF_TURN) % TURN - HALF_TURN
    return moved
