"""Boundaries of areas from a GeoJSON file that the user gives (RFC 7946), read once and made light enough to draw."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.errors import QuestionError

MEBIBYTE = 1 << 20
# Enough for every county of a large country in some detail; more is no file for a sketch.
MOST_BYTES = 32 * MEBIBYTE
MOST_POSITIONS = 1_000_000
# About a hundred metres: less no sketch of a township or more shows.
DECIMALS_OF_DEGREES = 3
# A ring ends where it begins, so a triangle has four positions.
LEAST_POSITIONS = 4
MOST_LON, MOST_LAT = 180.0, 90.0
# Old files name their coordinate system; these names mean longitude and latitude by WGS84.
WGS84_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326")

Ring = NDArray[np.float64]


class BoundariesError(QuestionError):
    """A file of boundaries cannot be drawn as it is."""


@dataclass(frozen=True)
class Boundaries:
    """The outlines of a file. `rings`: each an array (n, 2) of longitude and latitude in degrees, closed."""

    name: str
    rings: tuple[Ring, ...]


def read_boundaries(path: Path) -> Boundaries:
    """Return the outlines of a GeoJSON file; one that did not change since is not read again.

    Raises BoundariesError where it cannot be read, is no FeatureCollection of polygons, is not in degrees or too large.
    """
    try:
        told = path.stat()
    except OSError as fault:
        raise BoundariesError("boundaries_unreadable", file=path) from fault
    if told.st_size > MOST_BYTES:
        raise BoundariesError("boundaries_too_large", file=path, limit=MOST_BYTES // MEBIBYTE)
    return _read(path, told.st_mtime_ns, told.st_size)


# The time and the size are not looked at: they tell a changed file from the one that was kept.
@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Boundaries:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise BoundariesError("boundaries_unreadable", file=path) from fault
    return boundaries_of(data, path.name)


def boundaries_of(data: bytes, name: str) -> Boundaries:
    """Return the outlines in the bytes of a GeoJSON file, made light. Raises BoundariesError as `read_boundaries`."""
    try:
        body = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise BoundariesError("boundaries_not_json", file=name) from fault
    if not isinstance(body, dict) or body.get("type") != "FeatureCollection":
        raise BoundariesError("boundaries_no_collection", file=name)
    features = body.get("features")
    if not isinstance(features, list):
        raise BoundariesError("boundaries_no_collection", file=name)
    system = _system(body.get("crs"))
    if system is not None and not system.endswith(WGS84_NAMES):
        raise BoundariesError("boundaries_other_system", file=name, system=system[:60])
    rings: list[Ring] = []
    left = MOST_POSITIONS
    for number, feature in enumerate(features, start=1):
        for positions in _rings(feature, name, number):
            left -= len(positions)
            if left < 0:
                raise BoundariesError("boundaries_too_detailed", file=name, limit=f"{MOST_POSITIONS:,}")
            rings.append(_light(_ring(positions, name, number)))
    return Boundaries(name, tuple(rings))


def _system(crs: object) -> str | None:
    """Return the name of the coordinate system that a file before RFC 7946 gives, None where it gives none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    found = properties.get("name") if isinstance(properties, dict) else None
    return found if isinstance(found, str) else None


def _rings(feature: object, name: str, number: int) -> Iterator[list[object]]:
    """Yield the rings of a feature; one without a geometry has none."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else feature
    if geometry is None:
        return
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise BoundariesError("boundaries_no_polygon", file=name, number=number)
    held = geometry.get("coordinates")
    polygons = [held] if kind == "Polygon" else held
    for polygon in _listed(polygons, name, number):
        for ring in _listed(polygon, name, number):
            yield _listed(ring, name, number)


def _listed(value: object, name: str, number: int) -> list[object]:
    if not isinstance(value, list):
        raise BoundariesError("boundaries_bad_ring", file=name, number=number)
    return value


def _ring(positions: list[object], name: str, number: int) -> Ring:
    if len(positions) < LEAST_POSITIONS:
        raise BoundariesError("boundaries_bad_ring", file=name, number=number)
    ring = np.array([_position(each, name, number) for each in positions], dtype=np.float64)
    outside = (np.abs(ring[:, 0]) > MOST_LON) | (np.abs(ring[:, 1]) > MOST_LAT)
    if outside.any():
        lon, lat = ring[int(np.argmax(outside))].tolist()
        raise BoundariesError("boundaries_outside", file=name, number=number, position=f"{lon:g}, {lat:g}")
    return ring


def _position(position: object, name: str, number: int) -> tuple[float, float]:
    if isinstance(position, list) and len(position) > 1:
        lon, lat = position[:2]
        if _is_number(lon) and _is_number(lat):
            return float(lon), float(lat)
    raise BoundariesError("boundaries_bad_ring", file=name, number=number)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        # A whole number of hundreds of digits is no coordinate.
        return False


def _light(ring: Ring) -> Ring:
    """Return the ring on a fine grid, without positions that repeat the one before.

    A grid, and no choice among positions, keeps the border that two areas share the same in both.
    """
    return without_repeats(ring.round(DECIMALS_OF_DEGREES))


def without_repeats(ring: Ring) -> Ring:
    """Return the positions that differ from the one before."""
    differs = np.ones(len(ring), np.bool_)
    differs[1:] = (ring[1:] != ring[:-1]).any(axis=1)
    return ring[differs]
