from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.frames import Row, rows_of
from analysis.produce.frames import LEFT
from analysis.produce.parts import Pool, Reason
from analysis.produce.ranking import ranked_refusals
from analysis.produce.reasons import reasons_of
from graph_schema import Schema

MakeFrame = Callable[..., pd.DataFrame]


@pytest.fixture
def reason(make_pair: MakeFrame, schema: Schema) -> Callable[..., Reason]:
    """Return what gives the only reason of a pair."""

    def find(lot: Row | None = None, demand: Row | None = None, pool: Pool | None = None) -> Reason:
        pair = rows_of(ranked_refusals(make_pair(lot, demand)))[0]
        (only,) = reasons_of(pair, pool, schema)
        return only

    return find


def test_a_price_says_both_numbers_and_what_is_short(reason: Callable[..., Reason]) -> None:
    found = reason({"ask_fen_per_kg": 400})
    assert (found.code, found.wanted, found.offered, found.short_by, found.unit) == (
        "price",
        400,
        377,
        23,
        "fen_per_kg",
    )
    assert found.text_en == "The seller asks 4.00 yuan a kg; after transport at most 3.77 remain, 0.23 too little."
    assert found.text_zh == "卖方要价每公斤 4.00 元，扣除运费后最高 3.77 元，差 0.23 元。"


def test_a_grade_is_told_by_name(reason: Callable[..., Reason]) -> None:
    found = reason({"grade": "process"})
    assert (found.wanted, found.offered, found.short_by) == ("2", "process", None)
    assert found.text_en == "The buyer wants grade 2 or better; the lot is for processing."
    assert found.text_zh == "买方要求二级及以上，该供应批为加工级。"


def test_a_distance_says_how_much_too_far(reason: Callable[..., Reason]) -> None:
    found = reason({}, {"max_distance_km": 200.0})
    assert (found.wanted, found.offered, found.short_by, found.unit) == (200.0, 222.4, 22.4, "km")


def test_a_window_says_how_many_days_late(reason: Callable[..., Reason]) -> None:
    found = reason({}, {"ends_on": date(2026, 5, 20)})
    assert (found.wanted, found.offered, found.short_by, found.unit) == (
        date(2026, 5, 20),
        date(2026, 5, 23),
        3,
        "days",
    )


def test_missing_certificates_are_listed(reason: Callable[..., Reason]) -> None:
    found = reason({"certificate_codes": ()})
    assert found.missing == ("organic",)
    assert "organic" in found.text_zh


@pytest.mark.parametrize(("is_enough", "words"), [(True, "enough"), (False, "not enough either")])
def test_a_small_batch_says_what_pooling_would_give(reason: Callable[..., Reason], is_enough: bool, words: str) -> None:
    pool = Pool(cooperative_id="c1", cooperative_name="青梅合作社", quantity_kg=1600, is_enough=is_enough)
    found = reason({LEFT: 200.0}, {}, pool)
    assert (found.wanted, found.offered, found.short_by, found.unit) == (500.0, 200.0, 300.0, "kg")
    assert found.pool == pool
    assert f"Pooled in 青梅合作社 there would be 1,600 kg: {words}." in found.text_en


def test_a_small_batch_of_nobody_in_a_cooperative_says_only_what_is_short(reason: Callable[..., Reason]) -> None:
    found = reason({LEFT: 200.0})
    assert found.text_en == "The buyer takes at least 500 kg at once; 200 kg could go there, 300 kg too little."


def test_a_smallest_part_says_both_quantities(reason: Callable[..., Reason]) -> None:
    found = reason({"min_split_quantity_kg": 800.0}, {LEFT: 600.0})
    assert (found.code, found.wanted, found.offered, found.short_by) == ("split", 800.0, 600.0, 200.0)


def test_a_lot_past_its_day_says_since_when(reason: Callable[..., Reason]) -> None:
    found = reason({"ready_on": date(2026, 5, 1), "use_by_on": date(2026, 5, 15)})
    assert (found.code, found.wanted, found.short_by) == ("lot_fresh", date(2026, 5, 15), 5)


def test_a_demand_that_has_ended_says_since_when(reason: Callable[..., Reason]) -> None:
    found = reason({}, {"ends_on": date(2026, 5, 19)})
    assert (found.code, found.wanted, found.short_by) == ("demand_running", date(2026, 5, 19), 1)
