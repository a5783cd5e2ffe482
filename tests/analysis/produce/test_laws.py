"""What must hold for any lots and demands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import Row, rows_of
from analysis.produce.constraints import CONSTRAINTS, failed_constraints, with_constraints
from analysis.produce.frames import LEFT
from analysis.produce.pairs import pair_up
from analysis.produce.ranking import ranked_buyers, ranked_refusals
from analysis.produce.reasons import reasons_of
from graph_schema import Schema

MakeFrame = Callable[..., pd.DataFrame]
DAY = date(2026, 5, 20)
DAYS = st.dates(date(2026, 5, 10), date(2026, 6, 10))
QUANTITIES = st.sampled_from([0.0, 100.0, 400.0, 1000.0])
CERTIFICATES = st.sets(st.sampled_from(["organic", "green_food"])).map(lambda codes: tuple(sorted(codes)))
GRADES = st.sampled_from(["special", "1", "2", "process"])
PLACES = st.none() | st.floats(116.0, 120.0)
LOTS = st.fixed_dictionaries(
    {
        "grade": GRADES,
        "ready_on": DAYS,
        "use_by_on": DAYS,
        "ask_fen_per_kg": st.integers(1, 500),
        "min_split_quantity_kg": st.none() | QUANTITIES,
        "certificate_codes": CERTIFICATES,
        "lot_status": st.sampled_from(["open", "part_sold", "sold"]),
        "lon": PLACES,
        LEFT: QUANTITIES,
    }
)
DEMANDS = st.fixed_dictionaries(
    {
        "min_grade": GRADES,
        "max_fen_per_kg": st.integers(1, 500),
        "max_distance_km": st.none() | st.floats(0, 500),
        "min_batch_quantity_kg": st.none() | QUANTITIES,
        "certificate_codes": CERTIFICATES,
        "starts_on": DAYS,
        "ends_on": DAYS,
        "lon": PLACES,
        LEFT: QUANTITIES,
    }
)
SOME_LOTS, SOME_DEMANDS = st.lists(LOTS, max_size=3), st.lists(DEMANDS, max_size=4)


@settings(deadline=None)
@given(SOME_LOTS, SOME_DEMANDS)
def test_a_pair_is_possible_exactly_when_every_constraint_holds_and_else_has_its_reasons(
    make_lots: MakeFrame, make_demands: MakeFrame, schema: Schema, lots: list[Row], demands: list[Row]
) -> None:
    pairs = with_constraints(
        pair_up(numbered(make_lots, "lot_id", lots), numbered(make_demands, "demand_id", demands), DAY)
    )
    assert len(pairs) == len(lots) * len(demands)
    flags = pairs[[f"holds_{name}" for name in CONSTRAINTS]]
    assert pairs["is_possible"].tolist() == flags.all(axis=1).tolist()
    assert pairs["is_possible"].tolist() == [not failed for failed in failed_constraints(pairs)]
    for row in rows_of(ranked_refusals(pairs)):
        reasons = reasons_of(row, None, schema)
        assert tuple(reason.code for reason in reasons) == row["failed"]
        assert reasons
        assert all(reason.text_en and reason.text_zh for reason in reasons)
        assert all(reason.short_by is None or reason.short_by > 0 for reason in reasons)


@settings(deadline=None)
@given(SOME_LOTS, SOME_DEMANDS)
def test_every_pair_is_either_offered_or_refused_and_has_one_place_in_the_order(
    make_lots: MakeFrame, make_demands: MakeFrame, lots: list[Row], demands: list[Row]
) -> None:
    pairs = with_constraints(
        pair_up(numbered(make_lots, "lot_id", lots), numbered(make_demands, "demand_id", demands), DAY)
    )
    shuffled = pairs.iloc[::-1]
    for rank in (ranked_buyers, ranked_refusals):
        columns = ["lot_id", "demand_id"]
        pd.testing.assert_frame_equal(rank(pairs)[columns], rank(shuffled)[columns])
    told = pd.concat([ranked_buyers(pairs), ranked_refusals(pairs)])
    assert sorted(zip(told["lot_id"], told["demand_id"], strict=True)) == sorted(
        zip(pairs["lot_id"], pairs["demand_id"], strict=True)
    )


@settings(deadline=None)
@given(SOME_LOTS, SOME_DEMANDS)
def test_what_is_offered_arrives_in_time_and_pays_the_seller(
    make_lots: MakeFrame, make_demands: MakeFrame, lots: list[Row], demands: list[Row]
) -> None:
    pairs = with_constraints(
        pair_up(numbered(make_lots, "lot_id", lots), numbered(make_demands, "demand_id", demands), DAY)
    )
    offered = ranked_buyers(pairs)
    assert (offered["arrives_on"] >= offered["leaves_on"]).all()
    assert (offered["arrives_on"] <= offered["use_by_on"]).all()
    assert (offered["arrives_on"] <= offered["ends_on"]).all()
    assert (offered["arrives_on"] >= offered["starts_on"]).all()
    assert (offered["after_transport_fen_per_kg"] >= offered["ask_fen_per_kg"]).all()
    assert (offered["quantity_kg"] > 0).all()


def numbered(make: MakeFrame, key: str, rows: list[Row]) -> pd.DataFrame:
    return make(*({key: f"n{number}", **row} for number, row in enumerate(rows)))
