"""Programs worked out by hand. The fitting lot and demand are 222.4 km apart: 23 fen a kg, a day and a bit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.errors import QuestionError
from analysis.frames import Row
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.frames import AT_RISK
from analysis.produce.plan.ways.terms import PlanTerms

MakeFrame = Callable[..., pd.DataFrame]
Tell = Callable[[Program], list[tuple[object, ...]]]
DAY = date(2026, 5, 20)


def test_a_way_earns_the_highest_price_less_transport_and_leaves_when_the_lot_is_ready(
    make_lots: MakeFrame, make_demands: MakeFrame, told: Tell
) -> None:
    program = program_of(make_lots({}), make_demands({}), day=DAY)
    # 400 less 22.24 fen, rounded up to 23; ready on the 22nd, one whole day of 200 km driven.
    assert told(program) == [("lot", "demand", None, 377, 2224, pd.Timestamp(2026, 5, 23))]


@pytest.mark.parametrize(("limit", "count"), [(289.1, 1), (289.0, 0)])
def test_a_distance_that_rounds_down_to_the_limit_is_within_it(
    make_lots: MakeFrame, make_demands: MakeFrame, limit: float, count: int
) -> None:
    # 222.390 km times 1.3 are 289.107, which is told, and judged, as 289.1.
    program = program_of(make_lots({"road_factor": 1.3}), make_demands({"max_distance_km": limit}), day=DAY)
    assert len(program.ways) == count


def test_quantities_are_whole_kilograms_rounded_to_the_safe_side(make_lots: MakeFrame, make_demands: MakeFrame) -> None:
    lots = make_lots(
        {"lot_id": "a", LEFT: 99.9, "min_split_quantity_kg": 10.2},
        {"lot_id": "b", LEFT: 5.0, "min_split_quantity_kg": 8},
    )
    demands = make_demands({"demand_id": "d", LEFT: 700.7, "min_batch_quantity_kg": 50.1})
    program = program_of(lots, demands, day=DAY)
    assert program.lots[["quantity_kg", "min_split_kg"]].to_numpy().tolist() == [[99, 11], [5, 5]]
    assert program.demands[["quantity_kg", "min_batch_kg"]].to_numpy().tolist() == [[700, 51]]


def test_the_order_of_the_input_never_matters(make_lots: MakeFrame, make_demands: MakeFrame) -> None:
    lots = make_lots(*({"lot_id": f"l{number}", "lon": 117 + number / 10} for number in range(9)))
    demands = make_demands(*({"demand_id": f"d{number}", "lon": 118 + number / 10} for number in range(9)))
    program = program_of(lots, demands, day=DAY)
    turned = program_of(lots.iloc[::-1], demands.iloc[::-1], day=DAY)
    assert len(program.ways) == 81
    for name in ("lots", "demands", "ways"):
        assert_frame_equal(getattr(program, name), getattr(turned, name))


@pytest.mark.parametrize(
    "change",
    [
        {"use_by_on": date(2026, 5, 19)},
        {"lot_status": "expired"},
        {"lot_status": "withdrawn"},
        {LEFT: 0.0},
        {LEFT: 0.9},
    ],
)
def test_a_lot_that_is_past_taken_back_or_sold_out_is_never_offered(
    make_lots: MakeFrame, make_demands: MakeFrame, change: Row
) -> None:
    program = program_of(make_lots(change), make_demands({}), day=DAY)
    assert program.ways.empty
    assert program.lots["quantity_kg"].tolist() == [0]


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2026, 5, 19)},
        {"demand_status": "withdrawn"},
        {"enterprise_closed_on": DAY},
        {LEFT: 0.0},
    ],
)
def test_a_demand_that_is_over_filled_or_of_a_closed_buyer_takes_nothing(
    make_lots: MakeFrame, make_demands: MakeFrame, change: Row
) -> None:
    program = program_of(make_lots({}), make_demands(change), day=DAY)
    assert program.ways.empty
    assert program.demands["quantity_kg"].tolist() == [0]


def test_sellers_at_risk_weigh_what_the_terms_say(make_lots: MakeFrame, make_demands: MakeFrame) -> None:
    lots = make_lots({"lot_id": "a"}, {"lot_id": "b"}).assign(**{AT_RISK: [True, False]})
    program = program_of(lots, make_demands({}), day=DAY, terms=PlanTerms(at_risk_weight=1.2))
    assert program.lots["weight"].tolist() == [12, 10]
    assert program.lots["is_at_risk"].tolist() == [True, False]


def test_another_product_reaches_a_demand_only_where_the_buyer_says_that_he_takes_it(
    make_lots: MakeFrame, make_demands: MakeFrame, told: Tell
) -> None:
    lots = make_lots({"lot_id": "fresh"}, {"lot_id": "salted", "product_id": "green_plum_salted"})
    also = ("green_plum_salted", "green_plum")
    demands = make_demands({"demand_id": "both", "also_product_codes": also}, {"demand_id": "fresh_only"})
    pairs = [way[:2] for way in told(program_of(lots, demands, day=DAY))]
    assert pairs == [("fresh", "both"), ("fresh", "fresh_only"), ("salted", "both")]


def test_a_place_that_nobody_knows_has_no_way(make_lots: MakeFrame, make_demands: MakeFrame) -> None:
    assert program_of(make_lots({"lat": None, "lon": None}), make_demands({}), day=DAY).ways.empty
    assert program_of(make_lots({}), make_demands({"lat": None, "lon": None}), day=DAY).ways.empty


def test_nothing_offered_and_nothing_wanted_is_a_program_without_ways(
    make_lots: MakeFrame, make_demands: MakeFrame
) -> None:
    program = program_of(make_lots(), make_demands(), day=DAY)
    assert (len(program.lots), len(program.demands), len(program.ways)) == (0, 0, 0)
    assert program.ways.dtypes.astype(str).tolist() == ["int32"] * 5 + ["datetime64[s]"]


def test_more_than_64_certificates_are_told_apart(make_lots: MakeFrame, make_demands: MakeFrame, told: Tell) -> None:
    codes = tuple(f"k{number:03d}" for number in range(130))
    lots = make_lots({"lot_id": "all", "certificate_codes": codes}, {"lot_id": "most", "certificate_codes": codes[:-1]})
    demands = make_demands(*({"demand_id": f"d{at:03d}", "certificate_codes": codes[at : at + 1]} for at in range(130)))
    pairs = [way[:2] for way in told(program_of(lots, demands, day=DAY))]
    assert len(pairs) == 259
    assert ("most", "d129") not in pairs


@pytest.mark.parametrize(
    ("lot", "code"),
    [
        ({"lot_id": "twice"}, "plan_id_twice"),
        ({LEFT: -1.0}, "plan_number_absurd"),
        ({LEFT: float("inf")}, "plan_number_absurd"),
        ({"ask_fen_per_kg": 10**9}, "plan_number_absurd"),
    ],
)
def test_what_no_program_can_be_made_of_is_named(
    make_lots: MakeFrame, make_demands: MakeFrame, lot: Row, code: str
) -> None:
    lots = make_lots({"lot_id": "twice"}, {"lot_id": "other"} | lot)
    with pytest.raises(QuestionError) as raised:
        program_of(lots, make_demands({}), day=DAY)
    assert raised.value.code == code
