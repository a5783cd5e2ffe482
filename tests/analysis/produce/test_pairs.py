from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.frames import Row, rows_of
from analysis.produce.frames import LEFT
from analysis.produce.pairs import pair_up

MakeFrame = Callable[..., pd.DataFrame]
DAY = date(2026, 5, 20)


def test_distance_cost_price_and_day_follow_from_the_terms(make_pair: MakeFrame) -> None:
    # 2 degrees on the equator = 6371.0088 * pi / 90 = 222.39 km; 222.4 km at 100 fen a km and tonne = 22.24 fen a kg,
    # rounded up to 23; 400 - 23; a day of 200 km is behind it when it arrives.
    row = rows_of(make_pair())[0]
    assert row["distance_km"] == 222.4
    assert row["transport_fen_per_kg"] == 23
    assert row["after_transport_fen_per_kg"] == 377
    assert (row["leaves_on"], row["arrives_on"]) == (date(2026, 5, 22), date(2026, 5, 23))
    assert row["quantity_kg"] == 1000.0


def test_the_road_is_longer_than_the_straight_line(make_pair: MakeFrame) -> None:
    # 222.39 * 1.3 = 289.1
    assert rows_of(make_pair({"road_factor": 1.3}))[0]["distance_km"] == 289.1


def test_a_cost_of_whole_fen_is_not_rounded_up(make_pair: MakeFrame) -> None:
    # 222.4 km x 1250 fen a km and tonne = 278 fen a kg.
    assert rows_of(make_pair({"transport_fen_per_t_km": 1250.0}))[0]["transport_fen_per_kg"] == 278


@pytest.mark.parametrize(
    ("lot", "demand", "leaves_on", "arrives_on"),
    [
        # What is driven within one day arrives the same day.
        ({"travel_km_per_day": 222.5}, {}, date(2026, 5, 22), date(2026, 5, 22)),
        ({"travel_km_per_day": 222.4}, {}, date(2026, 5, 22), date(2026, 5, 23)),
        # A lot that was ready last week leaves today at the earliest.
        ({"ready_on": date(2026, 5, 10)}, {}, date(2026, 5, 20), date(2026, 5, 21)),
        ({"loading_days": 2.0}, {}, date(2026, 5, 24), date(2026, 5, 25)),
        # It waits for the first day of delivery.
        ({}, {"starts_on": date(2026, 5, 28)}, date(2026, 5, 22), date(2026, 5, 28)),
    ],
)
def test_a_load_leaves_when_it_is_ready_and_arrives_when_the_buyer_takes_it(
    make_pair: MakeFrame, lot: Row, demand: Row, leaves_on: date, arrives_on: date
) -> None:
    row = rows_of(make_pair(lot, demand))[0]
    assert (row["leaves_on"], row["arrives_on"]) == (leaves_on, arrives_on)


def test_a_demand_takes_no_more_than_is_left_on_either_side(make_pair: MakeFrame) -> None:
    assert rows_of(make_pair({LEFT: 700.0}))[0]["quantity_kg"] == 700.0
    assert rows_of(make_pair({}, {LEFT: 600.0}))[0]["quantity_kg"] == 600.0


def test_every_lot_meets_every_demand_of_its_product_and_no_other(
    make_lots: MakeFrame, make_demands: MakeFrame
) -> None:
    lots = make_lots({"lot_id": "a"}, {"lot_id": "b"}, {"lot_id": "c", "product_id": "lychee"})
    demands = make_demands({"demand_id": "x"}, {"demand_id": "y"}, {"demand_id": "z", "product_id": "pear"})
    pairs = pair_up(lots, demands, DAY)
    assert sorted(zip(pairs["lot_id"], pairs["demand_id"], strict=True)) == [
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
        ("b", "y"),
    ]
