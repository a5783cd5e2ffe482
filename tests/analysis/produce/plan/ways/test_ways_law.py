"""The ways of a program are exactly the pairs that the constraints allow, with the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import Row
from analysis.produce.constraints import CONSTRAINTS, with_constraints
from analysis.produce.frames import LEFT
from analysis.produce.pairs import pair_up
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways import near
from analysis.produce.plan.ways.build import program_of
from benchmarks.produce_frames import made_up_market

MakeFrame = Callable[..., pd.DataFrame]
Tell = Callable[[Program], list[tuple[object, ...]]]
DAY = date(2026, 5, 20)
DAYS = st.dates(date(2026, 5, 14), date(2026, 6, 2))
QUANTITIES = st.sampled_from([0.0, 1.0, 400.0, 1000.0])
CERTIFICATES = st.sets(st.sampled_from(["organic", "green_food", "own"])).map(lambda codes: tuple(sorted(codes)))
GRADES = st.sampled_from(["special", "1", "2", "process"])
PRODUCTS = st.sampled_from(["green_plum", "litchi"])
# Round figures make equal distances and exact prices likely, where a last digit decides; others try everything else.
LATITUDES = st.none() | st.sampled_from([0.0, 1.0]) | st.floats(-1.0, 2.0) | st.floats(-90.0, 90.0)
LONGITUDES = st.none() | st.sampled_from([117.0, 119.0]) | st.floats(116.0, 120.0) | st.floats(-180.0, 180.0)
LOTS = st.fixed_dictionaries(
    {
        "product_id": PRODUCTS,
        "grade": GRADES,
        "ready_on": DAYS,
        "use_by_on": DAYS,
        "ask_fen_per_kg": st.integers(1, 300),
        "min_split_quantity_kg": st.none() | QUANTITIES,
        "certificate_codes": CERTIFICATES,
        "lot_status": st.sampled_from(["open", "open", "part_sold", "sold", "expired"]),
        "lat": LATITUDES,
        "lon": LONGITUDES,
        "road_factor": st.sampled_from([1.0, 1.3]),
        "transport_fen_per_t_km": st.sampled_from([0.0, 60.0, 100.0]) | st.floats(0.0, 2000.0),
        "travel_km_per_day": st.sampled_from([50.0, 222.4, 400.0]),
        "loading_days": st.sampled_from([0.0, 0.5, 1.0]),
        "grade_order": st.sampled_from([("special", "1", "2", "process"), ("1", "special", "2")]),
        LEFT: QUANTITIES,
    }
)
DEMANDS = st.fixed_dictionaries(
    {
        "product_id": PRODUCTS,
        "min_grade": GRADES,
        "max_fen_per_kg": st.integers(100, 500),
        "max_distance_km": st.none() | st.sampled_from([0.0, 222.4, 289.1]) | st.floats(0, 800),
        "min_batch_quantity_kg": st.none() | QUANTITIES,
        "certificate_codes": CERTIFICATES | st.just(()),
        "also_product_codes": st.just(()) | st.lists(PRODUCTS, max_size=2).map(tuple),
        "starts_on": DAYS,
        "ends_on": DAYS,
        "enterprise_closed_on": st.none() | DAYS,
        "lat": LATITUDES,
        "lon": LONGITUDES,
        LEFT: QUANTITIES,
    }
)
ALLOWED_BY_OTHERS = [f"holds_{name}" for name in CONSTRAINTS if name not in ("batch", "split")]


@settings(deadline=None, max_examples=50)
@given(st.lists(LOTS, max_size=8), st.lists(DEMANDS, max_size=8))
def test_the_ways_are_the_pairs_for_which_all_but_batch_and_split_hold_with_the_same_numbers(
    make_lots: MakeFrame, make_demands: MakeFrame, told: Tell, lots: list[Row], demands: list[Row]
) -> None:
    lot_frame = make_lots(*({**row, "lot_id": f"l{number}"} for number, row in enumerate(lots)))
    demand_frame = make_demands(*({**row, "demand_id": f"d{number}"} for number, row in enumerate(demands)))
    assert told(program_of(lot_frame, demand_frame, day=DAY)) == allowed(pair_up(lot_frame, demand_frame, DAY))


@settings(deadline=None, max_examples=20)
@given(st.lists(LOTS, min_size=1, max_size=5), st.lists(DEMANDS, min_size=1, max_size=5))
def test_roads_that_say_what_the_straight_line_says_change_nothing_and_need_no_coordinates(
    make_lots: MakeFrame, make_demands: MakeFrame, told: Tell, lots: list[Row], demands: list[Row]
) -> None:
    lot_frame = make_lots(*({**row, "lot_id": f"l{number}"} for number, row in enumerate(lots)))
    demand_frame = make_demands(*({**row, "demand_id": f"d{number}"} for number, row in enumerate(demands)))
    pairs = pair_up(lot_frame, demand_frame, DAY)
    known = pairs[pairs["distance_km"].notna()]
    roads = pd.DataFrame({"from_id": known["demand_id"], "to_id": known["lot_id"], "road_km": known["distance_km"]})
    roads["is_one_way"] = False
    placeless = lot_frame.assign(lat=float("nan"))
    for frame in (lot_frame, placeless):
        assert told(program_of(frame, demand_frame, day=DAY, distances=roads)) == allowed(pairs)


@settings(deadline=None, max_examples=20)
@given(st.lists(LOTS, max_size=5), st.lists(DEMANDS, min_size=1, max_size=1))
def test_a_cooperative_next_door_that_takes_no_fee_reaches_what_the_lot_reaches_itself(
    make_lots: MakeFrame,
    make_demands: MakeFrame,
    make_cooperatives: MakeFrame,
    make_members: MakeFrame,
    told: Tell,
    lots: list[Row],
    demands: list[Row],
) -> None:
    names = [f"l{number}" for number in range(len(lots))]
    program = program_of(
        make_lots(*({**row, "lot_id": name, "loading_days": 0.0} for row, name in zip(lots, names, strict=True))),
        make_demands(*({**row, "min_batch_quantity_kg": None} for row in demands[:1])),
        day=DAY,
        cooperatives=make_cooperatives(
            *(
                {"cooperative_id": name, "lat": row["lat"], "lon": row["lon"]}
                for row, name in zip(lots, names, strict=True)
            )
        ),
        members=make_members(*zip(names, names, strict=True)),
        keeps_all_pooled=True,
    )
    ways = told(program)
    pooled = [(lot, demand, None, *rest) for lot, demand, pool, *rest in ways if pool == lot]
    assert pooled == [way for way in ways if way[2] is None]
    assert len(ways) == 2 * len(pooled)


def test_a_whole_market_in_small_cells_has_the_ways_that_every_pair_looked_at_has(
    told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "CELL", 16)
    market = made_up_market(500, 60, 300.0, seed=3)
    expected = allowed(pair_up(market.lots, market.demands, DAY))
    assert len(expected) > 200
    assert told(program_of(market.lots, market.demands, day=DAY)) == expected


def allowed(pairs: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return lot, demand, no cooperative, fen a kg, hundred metres and day of the pairs that may trade, in order."""
    pairs = with_constraints(pairs)
    pairs = pairs[pairs[ALLOWED_BY_OTHERS].all(axis=1)]
    distances = [round(km * 10) for km in pairs["distance_km"].tolist()]
    columns = [pairs[name].tolist() for name in ("lot_id", "demand_id", "after_transport_fen_per_kg", "arrives_on")]
    return sorted(
        (lot, demand, None, income, hectometres, arrives)
        for lot, demand, income, arrives, hectometres in zip(*columns, distances, strict=True)
    )
