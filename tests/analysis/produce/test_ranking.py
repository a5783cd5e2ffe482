from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from analysis.produce.constraints import with_constraints
from analysis.produce.pairs import pair_up
from analysis.produce.ranking import ranked_buyers, ranked_refusals

MakeFrame = Callable[..., pd.DataFrame]
DAY = date(2026, 5, 20)


def test_the_best_price_after_transport_comes_first_then_the_nearer_then_the_id(
    make_lots: MakeFrame, make_demands: MakeFrame
) -> None:
    demands = make_demands(
        {"demand_id": "far_and_dear", "max_fen_per_kg": 460},
        # 111.2 km cost 12 fen a kg: 400 - 12 = 388.
        {"demand_id": "near", "lon": 118.0},
        # 400 - 23 = 377, and 389 - 12 = 377 from half as far.
        {"demand_id": "z_same_price_nearer", "lon": 118.0, "max_fen_per_kg": 389},
        {"demand_id": "b_same"},
        {"demand_id": "a_same"},
    )
    ranked = ranked_buyers(with_constraints(pair_up(make_lots({}), demands, DAY)))
    assert ranked["demand_id"].tolist() == ["far_and_dear", "near", "z_same_price_nearer", "a_same", "b_same"]
    assert ranked["after_transport_fen_per_kg"].tolist() == [437, 388, 377, 377, 377]


def test_of_those_that_cannot_the_one_that_fewest_constraints_forbid_comes_first(
    make_lots: MakeFrame, make_demands: MakeFrame
) -> None:
    demands = make_demands(
        {"demand_id": "two", "max_distance_km": 1.0, "min_grade": "special", "max_fen_per_kg": 999},
        {"demand_id": "one_cheap", "max_distance_km": 1.0},
        {"demand_id": "one_dear", "max_distance_km": 1.0, "max_fen_per_kg": 500},
        {"demand_id": "fits"},
    )
    ranked = ranked_refusals(with_constraints(pair_up(make_lots({}), demands, DAY)))
    assert ranked["demand_id"].tolist() == ["one_dear", "one_cheap", "two"]
    assert ranked["failed"].tolist() == [("distance",), ("distance",), ("grade", "distance")]


def test_each_lot_has_its_own_order(make_lots: MakeFrame, make_demands: MakeFrame) -> None:
    lots = make_lots({"lot_id": "b"}, {"lot_id": "a"})
    ranked = ranked_buyers(with_constraints(pair_up(lots, make_demands({}, {"demand_id": "other"}), DAY)))
    assert ranked["lot_id"].tolist() == ["a", "a", "b", "b"]
