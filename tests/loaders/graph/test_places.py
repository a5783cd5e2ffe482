"""Areas, what lies above them, and what counts there."""

from __future__ import annotations

import pandas as pd
import pytest

from loaders.evidence.places import areas_of_level, areas_upward, nearest_lines
from loaders.evidence.policy_places import policy_places
from policy import Policy


@pytest.fixture
def areas() -> pd.DataFrame:
    """A village in a town in a county, and a county of its own."""
    rows = [("v", "t", "village"), ("t", "c", "town"), ("c", None, "county"), ("d", None, "county")]
    return pd.DataFrame(rows, columns=["id", "area_id", "area_level"]).astype("str")


def test_every_area_is_followed_upward(areas: pd.DataFrame) -> None:
    found = areas_upward(areas, levels=6)
    of_village = found[found["area_id"] == "v"].sort_values("steps")
    assert of_village[["above_id", "steps"]].to_numpy().tolist() == [["v", 0], ["t", 1], ["c", 2]]


def test_a_circle_of_areas_comes_to_an_end(areas: pd.DataFrame) -> None:
    areas.loc[areas["id"] == "c", "area_id"] = "v"
    found = areas_upward(areas, levels=6)
    assert len(found[found["area_id"] == "v"]) == 3


def test_each_area_knows_its_county(areas: pd.DataFrame) -> None:
    found = areas_of_level(areas_upward(areas, levels=6), areas, level="county")
    assert dict(found.to_numpy().tolist()) == {"v": "c", "t": "c", "c": "c", "d": "d"}


def test_the_nearest_line_of_each_year_counts(areas: pd.DataFrame) -> None:
    lines = pd.DataFrame(
        {"area_id": ["c", "t", "c"], "line_year": [2024, 2024, 2025], "line_fen": [700, 750, 800]}
    ).astype({"area_id": "str", "line_year": "Int64", "line_fen": "Int64"})
    found = nearest_lines(areas_upward(areas, levels=6), lines)
    of_village = found[found["area_id"] == "v"]
    assert of_village[["line_year", "line_fen"]].to_numpy().tolist() == [[2024, 750], [2025, 800]]


def test_areas_that_the_policy_cannot_tell_apart_share_a_place(policy: Policy) -> None:
    areas = pd.Series(["350624101201", "350624101202", "340100", "341000", None, "north-1"], dtype="str")
    places = policy_places(policy, areas).tolist()
    assert places[:4] == ["350624101201", "350624101201", "340100", "340100"]


def test_nowhere_stays_nowhere(policy: Policy) -> None:
    assert policy_places(policy, pd.Series([None, "3506"], dtype="str")).isna().tolist() == [True, False]
