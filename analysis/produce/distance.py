"""How far it is from a lot to a demand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Mean radius of the Earth (IUGG).
EARTH_RADIUS_KM = 6371.0088


def great_circle_km(
    from_lat: NDArray[np.float64],
    from_lon: NDArray[np.float64],
    to_lat: NDArray[np.float64],
    to_lon: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the great-circle distance between points in degrees, NaN where one is unknown (haversine formula)."""
    lat_1, lon_1, lat_2, lon_2 = (np.radians(degrees) for degrees in (from_lat, from_lon, to_lat, to_lon))
    half_chord = np.sin((lat_2 - lat_1) / 2) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin((lon_2 - lon_1) / 2) ** 2
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0.0, 1.0)))
    return distance


def with_coordinates(frame: pd.DataFrame, coordinates: pd.DataFrame) -> pd.DataFrame:
    """Return lots or demands with `lat` and `lon` filled: their own, else those of the nearest area at or above theirs.

    Coordinates without their partner count as unknown. `coordinates` has the columns area_id, step_count, lat, lon.
    """
    nearest = coordinates.sort_values(["area_id", "step_count"]).drop_duplicates("area_id").set_index("area_id")
    is_known = frame["lat"].notna() & frame["lon"].notna()
    filled = {name: frame[name].where(is_known, frame["area_id"].map(nearest[name])) for name in ("lat", "lon")}
    return frame.assign(**{name: column.astype("float64") for name, column in filled.items()})
