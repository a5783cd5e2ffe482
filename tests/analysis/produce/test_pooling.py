from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.frames import Row, frame_of, rows_of
from analysis.produce.frames import LEFT, LOT_COOPERATIVES
from analysis.produce.pooling import pooled_quantities

MakeFrame = Callable[..., pd.DataFrame]
COOPERATIVES = [("lot", "c1", "C1"), ("lot", "c2", "C2")]


@pytest.fixture
def pooled(make_pair: MakeFrame, make_lots: MakeFrame) -> Callable[..., list[Row]]:
    """Return what pools for a lot of 300 kg and a smallest batch of 500; member lots are (cooperative, changes)."""

    def pool(*members: tuple[str, Row], batch: float = 500.0) -> list[Row]:
        pairs = make_pair({LEFT: 300.0}, {"min_batch_quantity_kg": batch})
        lots = make_lots(*({"lot_id": f"m{number}"} | changes for number, (_, changes) in enumerate(members)))
        cooperatives = frame_of(
            [dict(zip(LOT_COOPERATIVES, row, strict=True)) for row in COOPERATIVES], LOT_COOPERATIVES
        )
        member_lots = lots.assign(cooperative_id=pd.Series([name for name, _ in members], dtype="object"))
        return rows_of(pooled_quantities(pairs, cooperatives, member_lots))

    return pool


def test_the_cooperative_that_could_pool_most_is_named(pooled: Callable[..., list[Row]]) -> None:
    assert pooled(("c1", {LEFT: 300.0}), ("c2", {LEFT: 300.0}), ("c2", {LEFT: 150.0})) == [
        {
            "lot_id": "lot",
            "demand_id": "demand",
            "cooperative_id": "c2",
            "cooperative_name": "C2",
            "pooled_quantity_kg": 450.0,
        }
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"product_id": "lychee"},
        {"grade": "process"},
        {"certificate_codes": ()},
        # It would arrive on 23 May.
        {"use_by_on": date(2026, 5, 22)},
    ],
)
def test_a_lot_that_the_buyer_would_not_take_is_not_pooled(pooled: Callable[..., list[Row]], changes: Row) -> None:
    rows = pooled(("c1", {LEFT: 300.0}), ("c1", {LEFT: 400.0} | changes))
    assert [row["pooled_quantity_kg"] for row in rows] == [300.0]


def test_a_lot_that_is_large_enough_needs_no_pool(pooled: Callable[..., list[Row]]) -> None:
    assert pooled(("c1", {LEFT: 300.0}), batch=300.0) == []


def test_a_lot_of_nobody_in_a_cooperative_has_no_pool(make_pair: MakeFrame, make_lots: MakeFrame) -> None:
    member_lots = make_lots().assign(cooperative_id=pd.Series([], dtype="object"))
    pairs = make_pair({LEFT: 300.0}, {})
    assert pooled_quantities(pairs, frame_of([], LOT_COOPERATIVES), member_lots).empty
