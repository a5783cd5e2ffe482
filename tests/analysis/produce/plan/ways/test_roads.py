"""Known roads go before the straight line. The fitting lot lies in a1, the demand in a2, 222.4 km apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import QuestionError
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.roads import places_without_use, roads_of

MakeFrame = Callable[..., pd.DataFrame]
Tell = Callable[[Program], list[tuple[object, ...]]]
DAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("roads", "hectometres"),
    [
        ([("a1", "a2", 250.04)], 2500),
        ([("a2", "a1", 250.0)], 2500),
        ([("a2", "a1", 250.0, True)], 2224),
        ([("a2", "a1", 250.0), ("a1", "a2", 260.0)], 2600),
        ([("a1", "a2", 250.0), ("lot", "a2", 240.0)], 2400),
        ([("lot", "a2", 240.0), ("a1", "demand", 230.0)], 2400),
        ([("lot", "a2", 240.0), ("demand", "lot", 220.0)], 2200),
        ([("a1", "elsewhere", 10.0)], 2224),
    ],
)
def test_the_most_exact_known_road_in_either_direction_is_the_distance(
    make_lots: MakeFrame,
    make_demands: MakeFrame,
    make_roads: MakeFrame,
    told: Tell,
    roads: list[tuple[object, ...]],
    hectometres: int,
) -> None:
    ways = told(program_of(make_lots({}), make_demands({}), day=DAY, distances=make_roads(*roads)))
    assert [way[4] for way in ways] == [hectometres]


def test_a_road_reaches_what_the_straight_line_does_not_and_the_other_way_round(
    make_lots: MakeFrame, make_demands: MakeFrame, make_roads: MakeFrame, told: Tell
) -> None:
    lots = make_lots({"lot_id": "far", "area_id": "b1", "lon": 110.0}, {"lot_id": "near"})
    roads = make_roads(("b1", "a2", 100.0), ("a1", "a2", 301.0))
    # The limit of the demand is 300 km: as the crow flies, the far lot is a thousand away and the near one within it.
    ways = told(program_of(lots, make_demands({}), day=DAY, distances=roads))
    assert ways == [("far", "demand", None, 390, 1000, pd.Timestamp(2026, 5, 22))]


def test_a_place_that_only_a_road_knows_is_reached_by_it(
    make_lots: MakeFrame, make_demands: MakeFrame, make_roads: MakeFrame, told: Tell
) -> None:
    lots = make_lots({"lat": None, "lon": None})
    ways = told(program_of(lots, make_demands({}), day=DAY, distances=make_roads(("a1", "demand", 150.0))))
    assert ways == [("lot", "demand", None, 385, 1500, pd.Timestamp(2026, 5, 22))]


@pytest.mark.parametrize(
    ("roads", "code"),
    [
        ([("a1", "a2", -1.0)], "road_length_wrong"),
        ([("a1", "a2", np.inf)], "road_length_wrong"),
        ([("a1", "a2", None)], "road_length_wrong"),
        ([("a1", None, 1.0)], "road_without_end"),
        ([("a1", "a2", 1.0), ("a1", "a2", 2.0)], "road_twice"),
    ],
)
def test_roads_that_cannot_be_are_refused(make_roads: MakeFrame, roads: list[tuple[object, ...]], code: str) -> None:
    with pytest.raises(QuestionError) as raised:
        roads_of(make_roads(*roads))
    assert raised.value.code == code


def test_a_road_given_twice_with_one_length_is_one_road(make_roads: MakeFrame) -> None:
    assert roads_of(make_roads(("a1", "a2", 5.0), ("a1", "a2", 5.0))).km.tolist() == [5.0, 5.0]


def test_ends_that_nothing_lies_at_are_told(make_roads: MakeFrame) -> None:
    assert places_without_use(make_roads(("a1", "a2", 5.0), ("a1", "b", 7.0)), ["a1", "a2"]) == ("b",)
