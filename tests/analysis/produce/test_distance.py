from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fetch.places import COORDINATES
from analysis.frames import frame_of
from analysis.produce.distance import EARTH_RADIUS_KM, great_circle_km, with_coordinates

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def between(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> float:
    return float(great_circle_km(*(np.array([value]) for value in (from_lat, from_lon, to_lat, to_lon)))[0])


@pytest.mark.parametrize(
    ("ends", "km"),
    [
        ((0.0, 0.0, 0.0, 90.0), EARTH_RADIUS_KM * math.pi / 2),
        ((90.0, 0.0, -90.0, 0.0), EARTH_RADIUS_KM * math.pi),
        ((0.0, 179.0, 0.0, -179.0), EARTH_RADIUS_KM * math.pi / 90),
        # Zhao'an to Jieyang, by the spherical law of cosines: 6371.0088 * acos(sin a sin c + cos a cos c cos(b - d)).
        ((23.711, 117.175, 23.55, 116.373), 83.639),
    ],
)
def test_distances_are_those_of_the_sphere(ends: tuple[float, float, float, float], km: float) -> None:
    assert between(*ends) == pytest.approx(km, abs=0.001)


@settings(deadline=None)
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_there_is_as_far_as_back(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> None:
    there, back = between(from_lat, from_lon, to_lat, to_lon), between(to_lat, to_lon, from_lat, from_lon)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * math.pi + 1e-6


@settings(deadline=None)
@given(LATITUDES, LONGITUDES)
def test_a_place_is_no_way_from_itself(lat: float, lon: float) -> None:
    assert between(lat, lon, lat, lon) == 0


def test_an_unknown_place_is_at_no_distance() -> None:
    assert math.isnan(between(math.nan, 117.0, 23.0, 116.0))


def test_coordinates_are_its_own_else_those_of_the_nearest_area_upward() -> None:
    frame = pd.DataFrame(
        {
            "area_id": ["village", "village", "town", "nowhere", None],
            "lat": [1.0, math.nan, 5.0, math.nan, math.nan],
            "lon": [2.0, math.nan, math.nan, math.nan, math.nan],
        }
    )
    coordinates = frame_of(
        [
            {"area_id": "village", "upper_area_id": "county", "step_count": 2, "lat": 9.0, "lon": 9.0},
            {"area_id": "village", "upper_area_id": "town", "step_count": 1, "lat": 3.0, "lon": 4.0},
            {"area_id": "town", "upper_area_id": "town", "step_count": 0, "lat": 3.0, "lon": 4.0},
        ],
        COORDINATES,
    )
    placed = with_coordinates(frame, coordinates)
    # A latitude without its longitude says nothing.
    assert placed["lat"].tolist()[:3] == [1.0, 3.0, 3.0]
    assert placed["lon"].tolist()[:3] == [2.0, 4.0, 4.0]
    assert placed[["lat", "lon"]].iloc[3:].isna().all(axis=None)
