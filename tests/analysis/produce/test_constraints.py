from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.frames import Row
from analysis.produce.constraints import CONSTRAINTS, failed_constraints
from analysis.produce.frames import LEFT
from policy.grades import is_good_enough

MakeFrame = Callable[..., pd.DataFrame]
ORDER = ("special", "1", "2", "process")

# Each constraint at its limit (the pair is still possible) and one step beyond it (this constraint alone forbids it).
# The fitting pair: 1000 kg of grade 1 at 300, 222.4 km away, 377 after transport, leaves 22, arrives 23, keeps to 29.
LIMITS: list[tuple[str, Row, Row, Row, Row]] = [
    ("lot_open", {"lot_status": "part_sold"}, {}, {"lot_status": "sold"}, {}),
    (
        "lot_fresh",
        {"ready_on": date(2026, 5, 1), "use_by_on": date(2026, 5, 20), "travel_km_per_day": 300.0},
        {},
        {"ready_on": date(2026, 5, 1), "use_by_on": date(2026, 5, 19), "travel_km_per_day": 300.0},
        {},
    ),
    ("lot_left", {LEFT: 0.5}, {"min_batch_quantity_kg": None}, {LEFT: 0.0}, {"min_batch_quantity_kg": None}),
    ("buyer_open", {}, {"enterprise_closed_on": date(2026, 5, 21)}, {}, {"enterprise_closed_on": date(2026, 5, 20)}),
    (
        "demand_running",
        {"ready_on": date(2026, 5, 20), "travel_km_per_day": 300.0},
        {"ends_on": date(2026, 5, 20)},
        {"ready_on": date(2026, 5, 20), "travel_km_per_day": 300.0},
        {"ends_on": date(2026, 5, 19)},
    ),
    ("demand_left", {}, {LEFT: 500.0}, {}, {LEFT: 0.0}),
    ("grade", {"grade": "2"}, {}, {"grade": "process"}, {}),
    ("certificates", {}, {"certificate_codes": ()}, {"certificate_codes": ("green_food",)}, {}),
    ("place", {}, {}, {"lat": None}, {}),
    ("distance", {}, {"max_distance_km": 222.4}, {}, {"max_distance_km": 222.3}),
    ("price", {"ask_fen_per_kg": 377}, {}, {"ask_fen_per_kg": 378}, {}),
    ("window", {}, {"ends_on": date(2026, 5, 23)}, {}, {"ends_on": date(2026, 5, 22)}),
    ("keeping", {"use_by_on": date(2026, 5, 23)}, {}, {"use_by_on": date(2026, 5, 22)}, {}),
    ("batch", {}, {"min_batch_quantity_kg": 1000.0}, {}, {"min_batch_quantity_kg": 1000.1}),
    (
        "split",
        {"min_split_quantity_kg": 600.0},
        {LEFT: 600.0},
        {"min_split_quantity_kg": 600.1},
        {LEFT: 600.0},
    ),
]


@pytest.mark.parametrize(("name", "lot", "demand", "lot_beyond", "demand_beyond"), LIMITS)
def test_a_constraint_holds_at_its_limit_and_alone_forbids_one_step_beyond(
    make_pair: MakeFrame, name: str, lot: Row, demand: Row, lot_beyond: Row, demand_beyond: Row
) -> None:
    at_limit, beyond = make_pair(lot, demand), make_pair(lot_beyond, demand_beyond)
    assert failed_constraints(at_limit).tolist() == [()]
    assert at_limit["is_possible"].tolist() == [True]
    assert failed_constraints(beyond).tolist() == [(name,)]
    assert beyond["is_possible"].tolist() == [False]


def test_every_constraint_has_its_limit_tested() -> None:
    assert tuple(name for name, *_ in LIMITS) == CONSTRAINTS


def test_what_is_not_asked_for_forbids_nothing(make_pair: MakeFrame) -> None:
    pair = make_pair({}, {"max_distance_km": None, "min_batch_quantity_kg": None, "certificate_codes": ()})
    assert pair["is_possible"].tolist() == [True]


def test_the_whole_rest_of_a_lot_may_be_smaller_than_its_smallest_part(make_pair: MakeFrame) -> None:
    pair = make_pair({LEFT: 100.0, "min_split_quantity_kg": 200.0}, {"min_batch_quantity_kg": None})
    assert pair["is_possible"].tolist() == [True]


def test_the_certificates_that_are_missing_are_named_in_order(make_pair: MakeFrame) -> None:
    pair = make_pair({"certificate_codes": ("b",)}, {"certificate_codes": ("c", "b", "a")})
    assert pair["missing_certificates"].tolist() == [("a", "c")]


def test_without_a_place_the_price_must_reach_the_ask_even_without_transport(make_pair: MakeFrame) -> None:
    pair = make_pair({"lat": None, "ask_fen_per_kg": 401}, {})
    assert failed_constraints(pair).tolist() == [("place", "price")]


@pytest.mark.parametrize(
    ("offered", "wanted", "is_enough"),
    [("special", "process", True), ("2", "2", True), ("2", "1", False), ("best", "2", False), ("1", "best", False)],
)
def test_a_grade_is_good_enough_when_it_comes_no_later_in_the_order(offered: str, wanted: str, is_enough: bool) -> None:
    assert is_good_enough(offered, wanted, ORDER) is is_enough


def test_without_pairs_there_is_nothing_to_forbid(make_pair: MakeFrame) -> None:
    pairs = make_pair({}, {"product_id": "lychee"})
    assert pairs.empty
    assert failed_constraints(pairs).empty
