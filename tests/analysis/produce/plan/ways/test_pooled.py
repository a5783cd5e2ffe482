"""Pooled ways by hand. Lot and cooperative lie at the same place, the demand 222.4 km east: 23 fen a kg, fee 10."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import Row
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Floor, Rules
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.pooled import fullest_times
from analysis.produce.plan.ways.terms import PlanTerms

MakeFrame = Callable[..., pd.DataFrame]
Way = tuple[object, ...]
Pooled = Callable[..., list[Way]]
DAY = date(2026, 5, 20)
day = partial(pd.Timestamp, 2026, 5)


@pytest.fixture(scope="module")
def pooled(
    make_lots: MakeFrame,
    make_demands: MakeFrame,
    make_cooperatives: MakeFrame,
    make_members: MakeFrame,
    told: Callable[[Program], list[Way]],
) -> Pooled:
    """Return what tells the pooled ways of lots (each a member's) to one demand through one cooperative."""

    def ways(
        *lots: Row,
        demand: Row | None = None,
        cooperative: Row | None = None,
        rules: Rules | None = None,
        keeps_all: bool = False,
        roads: pd.DataFrame | None = None,
    ) -> list[Way]:
        frame = make_lots(*(lots or ({},)))
        program = program_of(
            frame,
            make_demands(demand or {}),
            day=DAY,
            terms=PlanTerms(pool_fee_fen_per_kg=10),
            cooperatives=make_cooperatives(cooperative or {}),
            members=make_members(*((lot, "c") for lot in frame["lot_id"]), ("unknown", "c"), ("lot", "unknown")),
            rules=rules,
            distances=roads,
            keeps_all_pooled=keeps_all,
        )
        return [(lot, *rest) for lot, _, pool, *rest in told(program) if pool == "c"]

    return ways


@pytest.mark.parametrize(
    ("lot", "cooperative", "income"),
    [
        ({}, {}, 367),
        ({}, {"pool_fee_fen_per_kg": 4}, 373),
        ({"seller_kind": "Cooperative", "seller_id": "c"}, {}, 377),
        ({"ask_fen_per_kg": 367}, {}, 367),
    ],
)
def test_the_fee_is_the_cooperatives_own_or_that_of_the_policy_and_none_for_its_own_lots(
    pooled: Pooled, lot: Row, cooperative: Row, income: int
) -> None:
    assert pooled(lot, cooperative=cooperative) == [("lot", income, 2224, day(23))]


def test_the_ask_must_be_met_after_transport_and_fee(pooled: Pooled) -> None:
    assert pooled({"ask_fen_per_kg": 368}) == []


def test_the_way_by_the_cooperative_is_driven_in_one_and_loaded_twice(pooled: Pooled) -> None:
    # Ready on the 22nd, loaded till the 23rd, loaded again till the 24th, 111.2 and 111.2 km in a day and a bit.
    ways = pooled({"loading_days": 1.0}, cooperative={"lon": 118.0})
    assert ways == [("lot", 367, 2224, day(25))]


def test_the_farthest_distance_counts_from_the_cooperative_and_the_transport_from_the_lot(pooled: Pooled) -> None:
    demand = {"max_distance_km": 111.2, "min_batch_quantity_kg": None}
    assert pooled(demand=demand, cooperative={"lon": 118.0}) == [("lot", 367, 2224, day(23))]
    assert pooled(demand=demand | {"max_distance_km": 111.1}, cooperative={"lon": 118.0}) == []


@pytest.mark.parametrize(
    "cooperative", [{"closed_on": DAY}, {"capacity_kg": 0.9}, {"capacity_kg": 499.0}, {"lat": None, "lon": None}]
)
def test_a_cooperative_that_is_closed_or_cannot_collect_enough_pools_nothing(pooled: Pooled, cooperative: Row) -> None:
    assert pooled(cooperative=cooperative) == []


def test_what_is_stored_keeps_longer_but_must_come_to_the_store_in_time(pooled: Pooled) -> None:
    lot = {"ready_on": date(2026, 5, 22), "use_by_on": date(2026, 5, 22)}
    demand = {"starts_on": date(2026, 5, 25)}
    assert pooled(lot, demand=demand) == []
    assert pooled(lot, demand=demand, cooperative={"storage_days": 3.0}) == [("lot", 367, 2224, day(25))]
    # 222.4 km to the cooperative are more than a day: the lot spoils on the way to the store.
    assert pooled(lot, demand=demand, cooperative={"storage_days": 3.0, "lon": 119.0}) == []


def test_a_smallest_batch_is_one_load_on_the_day_that_most_of_it_can_meet(pooled: Pooled) -> None:
    lots = [
        {"lot_id": "a", "ready_on": date(2026, 5, 22), "use_by_on": date(2026, 5, 25), LEFT: 300.0},
        {"lot_id": "b", "ready_on": date(2026, 5, 24), "use_by_on": date(2026, 5, 29), LEFT: 300.0},
        {"lot_id": "c", "ready_on": date(2026, 5, 27), "use_by_on": date(2026, 5, 29), LEFT: 300.0},
    ]
    # At the demand a can be on 23 to 25, b on 25 to 29, c on 28 and 29: a and b meet first, b and c are no more.
    assert pooled(*lots) == [("a", 367, 2224, day(25)), ("b", 367, 2224, day(25))]
    assert pooled(*lots, {"lot_id": "d", LEFT: 100.0, "ready_on": date(2026, 5, 27)}) == [
        ("b", 367, 2224, day(28)),
        ("c", 367, 2224, day(28)),
        ("d", 367, 2224, day(28)),
    ]
    each = pooled(*lots, demand={"min_batch_quantity_kg": None}, keeps_all=True)
    assert [way[3] for way in each] == [day(23), day(25), day(28)]


def test_a_load_that_cannot_reach_the_smallest_batch_is_left_out(pooled: Pooled) -> None:
    assert pooled({LEFT: 499.0}) == []
    assert pooled({LEFT: 499.0}, keeps_all=True) == [("lot", 367, 2224, day(23))]
    assert pooled({LEFT: 1000.0}, demand={LEFT: 400.0}) == []


def test_without_a_smallest_batch_the_seller_goes_himself_unless_the_cooperative_has_a_floor(pooled: Pooled) -> None:
    demand = {"min_batch_quantity_kg": None}
    assert pooled(demand=demand) == []
    floor = Rules(floors=(Floor("c", 100),))
    assert pooled(demand=demand, rules=floor) == [("lot", 367, 2224, day(23))]


def test_of_two_ways_that_earn_the_same_the_shorter_stays(pooled: Pooled, make_roads: MakeFrame) -> None:
    lot = {"transport_fen_per_t_km": 0.0, "seller_kind": "Cooperative", "seller_id": "c"}
    demand, behind = {"min_batch_quantity_kg": None}, {"lon": 116.9}
    assert pooled(lot, demand=demand, cooperative=behind) == []
    # 11.1 km back to the cooperative and 200 by the good road are less than 222.4 straight on.
    by_road = make_roads(("c", "demand", 200.0))
    assert pooled(lot, demand=demand, cooperative=behind, roads=by_road) == [("lot", 400, 2111, day(23))]


def test_each_lot_needs_the_grade_and_the_certificates_itself(pooled: Pooled) -> None:
    lots = [{"lot_id": "a", LEFT: 600.0}, {"lot_id": "b", "grade": "process"}, {"lot_id": "c", "certificate_codes": ()}]
    assert [way[0] for way in pooled(*lots)] == ["a"]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(0, 3), st.integers(1, 4)), min_size=1))
def test_the_chosen_day_is_the_first_of_those_that_most_kilograms_can_meet(
    stretches: list[tuple[int, int, int, int]],
) -> None:
    names = sorted({group for group, *_ in stretches})
    group, first, length, weight = (np.array(column) for column in zip(*stretches, strict=True))
    chosen = fullest_times(np.searchsorted(names, group), first, first + length, weight)

    def met(name: int, day: int) -> int:
        return sum(kg for each, begin, more, kg in stretches if each == name and begin <= day <= begin + more)

    def best(name: int) -> int:
        return max(range(10), key=lambda day: (met(name, day), -day))

    assert chosen.tolist() == [best(name) for name in names]
