"""What is promised: which of it holds something, which still stands, and what it takes from lots and cooperatives."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.frames import frame_of
from analysis.produce.frames import LEFT
from analysis.produce.promises import PROMISES, holding, standing, without_collected, without_offered

DAY = date(2026, 5, 20)
PROMISED = (
    # Status, kg, day of arrival, who brings it.
    ("proposed", 100.0, date(2026, 5, 19), "C1"),
    ("proposed", 200.0, DAY, "C1"),
    ("agreed", 30.5, date(2026, 5, 1), "C1"),
    ("shipped", 40.0, DAY, "C1"),
    ("delivered", 50.0, DAY, "C1"),
    ("failed", 60.0, DAY, "C1"),
    ("cancelled", 70.0, DAY, None),
)


def promises() -> pd.DataFrame:
    rows = [
        {
            **dict.fromkeys(PROMISES),
            "commitment_id": f"P{number}",
            "commitment_status": status,
            "lot_id": "L1",
            "demand_id": "D1",
            "cooperative_id": cooperative,
            "held_quantity_kg": kg,
            "price_fen_per_kg": 200,
            "arrives_on": day,
            "is_made_up": False,
        }
        for number, (status, kg, day, cooperative) in enumerate(PROMISED)
    ]
    return frame_of(rows, PROMISES)


def test_an_offer_whose_day_is_past_holds_nothing_and_what_failed_neither() -> None:
    assert holding(promises(), DAY)["commitment_id"].tolist() == ["P1", "P2", "P3", "P4"]


def test_what_is_delivered_is_not_to_come_any_more() -> None:
    assert standing(promises(), DAY)["commitment_id"].tolist() == ["P1", "P2", "P3"]


def test_offers_alone_are_taken_off_since_all_else_is_off_already() -> None:
    lots = pd.DataFrame({"lot_id": ["L1", "L2"], LEFT: [1000.0, 10.0]})
    assert without_offered(lots, "lot_id", promises(), DAY)[LEFT].tolist() == [800.0, 10.0]
    short = pd.DataFrame({"demand_id": ["D1"], LEFT: [150.0]})
    assert without_offered(short, "demand_id", promises(), DAY)[LEFT].tolist() == [0.0]


def test_a_cooperative_still_has_to_collect_what_is_offered_or_agreed() -> None:
    cooperatives = pd.DataFrame({"cooperative_id": ["C1", "C2", "C3"], "capacity_kg": [1000.0, 500.0, float("nan")]})
    found = without_collected(cooperatives, promises(), DAY)["capacity_kg"]
    assert found[:2].tolist() == [1000 - 200 - 30.5, 500.0]
    assert found.isna().tolist() == [False, False, True]
