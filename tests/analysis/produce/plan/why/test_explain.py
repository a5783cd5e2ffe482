from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import SubjectNotFound
from analysis.frames import Row
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Plan, Stage
from analysis.produce.plan.why.explain import why_lot
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.plan.why.index import WhyIndex, why_index
from analysis.produce.plan.why.parts import Change, LotWhy
from graph_schema import Schema
from tests.analysis.produce.plan.oracle import is_possible
from tests.analysis.produce.plan.why.conftest import changed_program

MakeIndex = Callable[..., WhyIndex]
# By how much a change is made smaller to see that it no longer does; and changes so large that larger ones are alike.
LEAST = {"distance": 0.1, "grade": 1, "certificates": 1}

MUCH = {"distance": 10_000.0, "keeping": 1000.0, "window": 1000.0, "batch": 1000.0, "split": 1000.0}
MODEL = Change(
    dimension="distance",
    amount=0.0,
    unit=None,
    grade=None,
    certificates=(),
    demand_id=None,
    buyers=(),
    is_proven=True,
    text_en="",
    text_zh="",
)


def change_in(why: LotWhy, dimension: str) -> Change:
    (change,) = [each for each in why.changes if each.dimension == dimension]
    return change


def test_a_rest_is_told_with_every_change_that_would_sell_it(make_index: MakeIndex) -> None:
    # 1,000 kg; the buyer at hand wants 600; one is 222.4 km away and takes from within 200; one pays 23 fen too little
    # after 23 fen of transport (322 - 23 = 299, the ask is 300) and wants no more than 100 of the 400 kg.
    index = make_index(
        [{}],
        [{LEFT: 600.0}, {"max_distance_km": 200.0}, {"max_fen_per_kg": 322, LEFT: 100.0}],
    )
    why = why_lot(index, "l0")
    assert (why.quantity_kg, why.sold_kg, why.left_kg) == (1000, 600, 400)
    assert why.binding is not None
    assert why.binding.code == "full"
    distance, quantity = change_in(why, "distance"), change_in(why, "quantity")
    assert (distance.amount, distance.unit, distance.is_proven) == (22.4, "km", True)
    assert [(each.demand_id, each.quantity_kg) for each in distance.buyers] == [("d1", 400)]
    assert distance.text_en == "All of it would be sold if buyers took it from 22.4 km farther away: E1 400 kg."
    assert (quantity.amount, quantity.unit) == (400, "kg")
    assert [each.demand_id for each in quantity.buyers] == ["d0"]
    # A lower ask would sell 100 kg of the 400 only.
    assert {"price", "grade", "keeping", "window", "certificates"} <= {*why.no_change}
    assert why.refused_by == {"distance": 1, "price": 1}


def test_another_lot_makes_room_where_it_can_go_elsewhere(make_index: MakeIndex) -> None:
    # d0 wants grade 1 and is full of l1, which can go to d1 as well; l0 of grade 2 may go to neither. d1 has room but
    # wants grade special of l0's only obstacle: so one grade better opens d0, and l1 moves to d1.
    index = make_index(
        [{"grade": "2", LEFT: 500.0}, {"grade": "special", LEFT: 500.0}],
        [{"min_grade": "1", "max_fen_per_kg": 500, LEFT: 500.0}, {"min_grade": "special", LEFT: 500.0}],
    )
    why = why_lot(index, "l0")
    assert why.left_kg == 500
    grade = change_in(why, "grade")
    assert (grade.grade, grade.is_proven) == ("1", True)
    assert [(each.demand_id, each.quantity_kg) for each in grade.buyers] == [("d0", 500)]
    assert grade.text_zh == "若该批为一级，或要求一级的买方也收二级，即可全部售出：E0 500 公斤。"


def test_a_smallest_batch_in_the_way_is_told_in_kilograms(make_index: MakeIndex) -> None:
    index = make_index([{LEFT: 450.0}], [{"min_batch_quantity_kg": 500.0}])
    why = why_lot(index, "l0")
    assert why.binding is not None
    assert why.binding.code == "parts"
    batch = change_in(why, "batch")
    assert (batch.amount, batch.unit, batch.is_proven) == (50, "kg", True)


def test_a_lot_that_a_plan_made_in_haste_has_missed_says_so(make_index: MakeIndex, schema: Schema) -> None:
    index = make_index([{}], [{}])
    nothing = Plan(np.zeros(1, dtype="int64"), (Stage("sold", 0, 10_000, False),))
    frames = PlanFrames(index.lots, index.demands, index.day)
    why = why_lot(why_index(index.planned.program, nothing, frames, schema), "l0")
    assert why.binding is not None
    assert (why.binding.code, why.left_kg, why.changes) == ("missed", 1000, ())


def test_a_lot_that_nobody_asks_for_says_so(make_index: MakeIndex) -> None:
    why = why_lot(make_index([{"product_id": "fresh_peach"}], [{}]), "l0")
    assert why.binding is not None
    assert (why.binding.code, why.changes, why.nearest) == ("no_demand", (), None)


def test_where_no_single_change_does_the_nearest_miss_is_told(make_index: MakeIndex) -> None:
    # Too dear and too late at d0; at d1 the grade too.
    twice = {"max_fen_per_kg": 100, "ends_on": date(2026, 5, 22)}
    why = why_lot(make_index([{}], [{**twice, "min_grade": "special"}, twice]), "l0")
    assert why.changes == ()
    assert why.nearest is not None
    assert why.nearest.demand_id == "d1"
    assert [reason.code for reason in why.nearest.reasons] == ["price", "window"]
    assert why.binding is not None
    assert "E1" in why.binding.text_en


def test_a_known_road_goes_before_the_straight_line(make_index: MakeIndex) -> None:
    # 222.4 km by the straight line and within reach; 310 km by the road that is known, of 300 that the buyer goes.
    why = why_lot(make_index([{}], [{}], roads=[("l0", "d0", 310.0)]), "l0")
    distance = change_in(why, "distance")
    assert (distance.amount, why.refused_by) == (10.0, {"distance": 1})
    assert why.nearest is not None
    (reason,) = why.nearest.reasons
    assert (reason.wanted, reason.offered, reason.short_by) == (300.0, 310.0, 10.0)


def test_a_lot_that_is_sold_needs_no_reason(make_index: MakeIndex) -> None:
    why = why_lot(make_index([{}], [{}]), "l0")
    assert (why.left_kg, why.binding, why.changes) == (0, None, ())


def test_a_lot_past_its_last_day_is_not_on_offer(make_index: MakeIndex) -> None:
    why = why_lot(make_index([{"ready_on": date(2026, 5, 1), "use_by_on": date(2026, 5, 15)}], [{}]), "l0")
    assert why.binding is not None
    assert (why.binding.code, why.quantity_kg, why.changes) == ("not_offered", 0, ())


def test_a_lot_that_the_plan_does_not_know_is_not_found(make_index: MakeIndex) -> None:
    with pytest.raises(SubjectNotFound, match="nowhere"):
        why_lot(make_index([{}], [{}]), "nowhere")


QUANTITIES = st.sampled_from([100.0, 200.0, 300.0])
CERTIFICATES = st.sampled_from([(), ("organic",), ("green_food", "organic")])
SMALL = {
    "grade": st.sampled_from(["special", "1", "2", "process"]),
    "use_by_on": st.sampled_from([date(2026, 5, 22), date(2026, 5, 24), date(2026, 5, 26)]),
    "ask_fen_per_kg": st.sampled_from([300, 380, 400]),
    "certificate_codes": CERTIFICATES,
    LEFT: QUANTITIES,
    "lon": st.sampled_from([116.0, 117.0, 118.0]),
}
WANTED = {
    "min_grade": st.sampled_from(["1", "2", "process"]),
    "max_fen_per_kg": st.sampled_from([390, 400, 450]),
    "max_distance_km": st.sampled_from([150.0, 250.0, 400.0]),
    "certificate_codes": CERTIFICATES,
    "ends_on": st.sampled_from([date(2026, 5, 22), date(2026, 5, 24), date(2026, 5, 26)]),
    LEFT: QUANTITIES,
}
PARTS = {"min_split_quantity_kg": st.sampled_from([None, 150.0])}
BATCHES = {"min_batch_quantity_kg": st.sampled_from([None, 150.0, 250.0])}


POOLS = st.fixed_dictionaries({"capacity_kg": st.sampled_from([None, 150.0, 300.0])})
FEW = settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(FEW, max_examples=100)


@FEW
@given(
    st.lists(st.fixed_dictionaries(SMALL), min_size=1, max_size=4),
    st.lists(st.fixed_dictionaries(WANTED), min_size=1, max_size=4),
)
def test_a_change_sells_the_rest_and_nothing_smaller_does(
    make_index: MakeIndex, lots: list[Row], demands: list[Row]
) -> None:
    assert_every_change(make_index(lots, demands))


@FEW
@given(
    st.lists(st.fixed_dictionaries(SMALL | PARTS), min_size=1, max_size=3),
    st.lists(st.fixed_dictionaries(WANTED | BATCHES), min_size=1, max_size=3),
)
def test_so_it_is_with_smallest_batches_and_parts(make_index: MakeIndex, lots: list[Row], demands: list[Row]) -> None:
    assert_every_change(make_index(lots, demands))


@FEW
@given(
    st.lists(st.fixed_dictionaries(SMALL), min_size=2, max_size=3),
    st.lists(st.fixed_dictionaries(WANTED | BATCHES), min_size=1, max_size=2),
    POOLS,
)
def test_so_it_is_where_a_cooperative_pools(
    make_index: MakeIndex, lots: list[Row], demands: list[Row], pool: Row
) -> None:
    # Everything is driven within a day, so that no load waits for a later lot.
    near: Row = {"travel_km_per_day": 2000.0}
    assert_every_change(make_index([{**row, **near} for row in lots], demands, pool), pool)


@pytest.mark.soak
@MANY
@given(
    st.lists(st.fixed_dictionaries(SMALL | PARTS), min_size=1, max_size=4),
    st.lists(st.fixed_dictionaries(WANTED | BATCHES), min_size=1, max_size=4),
    st.none() | POOLS,
)
def test_so_it_is_with_everything_in_play(
    make_index: MakeIndex, lots: list[Row], demands: list[Row], pool: Row | None
) -> None:
    near: Row = {"travel_km_per_day": 2000.0 if pool else 200.0}
    assert_every_change(make_index([{**row, **near} for row in lots], demands, pool), pool)


def assert_every_change(index: WhyIndex, pool: Row | None = None) -> None:
    """Check each change for each lot with something left against the program made anew, solved by the oracle."""
    program = index.planned.program
    sold = np.bincount(program.ways["lot"], index.planned.plan.kg, len(program.lots)).astype(int).tolist()
    for lot, lot_id in enumerate(program.lots["lot_id"]):
        why = why_lot(index, lot_id)
        assert why.sold_kg == sold[lot]
        keep = [why.quantity_kg if place == lot else kg for place, kg in enumerate(sold)]
        if not why.left_kg:
            continue
        assert not is_possible(program, keep)
        assert why.not_found == ()
        for change in why.changes:
            assert change.is_proven
            assert is_possible(changed_program(index, lot, change, pool), keep), change
            less = changed_program(index, lot, change, pool, less=LEAST.get(change.dimension, 1))
            assert not is_possible(less, keep), change
        for dimension, amount in MUCH.items():
            if dimension in why.no_change:
                much = MODEL.model_copy(update={"dimension": dimension, "amount": amount})
                assert not is_possible(changed_program(index, lot, much, pool), keep), dimension
