from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.frames import frame_of
from analysis.produce.frames import DEMAND_COMMITMENTS, LEFT, LOT_COMMITMENTS, POOLS
from analysis.produce.quantities import with_left_of_demands, with_left_of_lots

MakeFrame = Callable[..., pd.DataFrame]


def test_of_a_lot_is_left_what_is_neither_promised_nor_pooled(make_lots: MakeFrame) -> None:
    lots = make_lots({"lot_id": "a"}, {"lot_id": "b"}, {"lot_id": "c"})
    commitments = frame_of([{"lot_id": "a", "committed_quantity_kg": 300.0}], LOT_COMMITMENTS)
    pools = frame_of(
        [
            {"lot_id": "a", "pool_lot_id": "x", "pooled_quantity_kg": 100.0},
            {"lot_id": "a", "pool_lot_id": "y", "pooled_quantity_kg": 50.0},
            {"lot_id": "b", "pool_lot_id": "x", "pooled_quantity_kg": 1200.0},
        ],
        POOLS,
    )
    # 1000 - 300 - 150; more pooled than there is leaves nothing, not less; untouched.
    assert with_left_of_lots(lots, commitments, pools)[LEFT].tolist() == [550.0, 0.0, 1000.0]


def test_of_a_demand_is_left_what_nobody_promised(make_demands: MakeFrame) -> None:
    demands = make_demands({"demand_id": "a"}, {"demand_id": "b"})
    commitments = frame_of([{"demand_id": "b", "committed_quantity_kg": 4000.0}], DEMAND_COMMITMENTS)
    assert with_left_of_demands(demands, commitments)[LEFT].tolist() == [5000.0, 1000.0]
