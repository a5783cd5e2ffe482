from __future__ import annotations

import pyarrow as pa
import pytest

from loaders.rows.cell_text import without_guard
from tests.loaders.desk import ToldRejects

HOUSEHOLD = {"Household": ["100"]}
CASE = "household_id,case_state,direction,policy_profile,is_green_channel,opened_on,due_on\n"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("member_count", "three", "not_whole"),
        ("member_count", "3.0", "not_whole"),
        ("member_count", "0x10", "not_whole"),
        ("member_count", "+3", "not_whole"),
        ("member_count", "1,000", "grouped_digits"),
        ("member_count", "1234567890123456789", "not_whole"),
        ("member_count", "-1", "negative"),
        ("productive_investment_fen", "-100", "negative"),
        ("arable_mu", "five", "not_a_number"),
        ("arable_mu", "nan", "placeholder"),
        ("arable_mu", "inf", "not_a_number"),
        ("arable_mu", "1e999", "not_a_number"),
        ("arable_mu", "-0.5", "negative"),
        ("resilience_share", "1.01", "share_in_percent"),
        ("resilience_share", "100.1", "out_of_range"),
        ("resilience_share", "-0.01", "out_of_range"),
        ("was_registered_poor", "maybe", "not_a_flag"),
        ("poverty_exit_on", "2020-02-30", "no_such_day"),
        ("poverty_exit_on", "2020-2-1", "day_in_other_form"),
        ("poverty_exit_on", "20200201", "day_in_other_form"),
        ("poverty_exit_on", "2020/02/01", "day_in_other_form"),
        ("poverty_exit_on", "0000-01-01", "no_such_day"),
        ("poverty_exit_on", "spring", "not_a_day"),
        ("poverty_exit_on", "01/02/2020", "not_a_day"),
        ("housing_grade", "E", "not_a_code"),
        ("housing_grade", "a", "name_for_code"),
        ("head_name", "Lin\0", "nul_in_cell"),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_rejected(told: ToldRejects, column: str, value: str, code: str) -> None:
    rejects = told("police.Household.csv", f'id,{column}\n100,\n101,"{value}"\n')
    assert rejects == [(3, column, value, code)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("member_count", "0"),
        ("member_count", " 3 "),
        ("member_count", "123456789012345678"),
        ("arable_mu", "0"),
        ("arable_mu", ".5"),
        ("arable_mu", "1.5e2"),
        ("resilience_share", "0"),
        ("resilience_share", "1"),
        ("was_registered_poor", "是"),
        ("was_registered_poor", "No"),
        ("was_registered_poor", "TRUE"),
        ("poverty_exit_on", "2020-02-29"),
        ("housing_grade", "A"),
        ("head_name", " Lin "),
        ("head_name", "林\n林"),
        ("head_name", ""),
    ],
)
def test_a_cell_that_fits_its_column_is_accepted(told: ToldRejects, column: str, value: str) -> None:
    assert told("police.Household.csv", f'id,{column}\n100,"{value}"\n') == []


@pytest.mark.parametrize(
    ("kind", "column", "value", "bounds"),
    [
        ("Area", "lat", "90.1", ("-90", "90")),
        ("Area", "lon", "-181", ("-180", "180")),
        ("Person", "birth_year", "48", ("1000", "9999")),
        ("Person", "worked_months", "13", ("0", "12")),
    ],
)
def test_a_number_outside_the_bounds_of_its_name_is_rejected(
    told: ToldRejects, kind: str, column: str, value: str, bounds: tuple[str, str]
) -> None:
    low, high = bounds
    feed = "place" if kind == "Area" else "police"
    rejects = told(f"{feed}.{kind}.csv", f"id,{column}\na,{low}\nb,{high}\nc,{value}\n")
    assert rejects == [(4, column, value, "out_of_range")]


def test_the_height_of_an_area_may_lie_below_the_sea(told: ToldRejects) -> None:
    assert told("place.Area.csv", "id,altitude_m\n650421,-154\n") == []


def test_an_income_net_of_costs_may_be_negative(told: ToldRejects) -> None:
    text = "household_id,income_year,income_kind,low_fen,high_fen,certainty\n100,2025,operating,-50000,-20000,stated\n"
    assert told("survey.IncomeComponent.csv", text, known=HOUSEHOLD) == []


@pytest.mark.parametrize("value", ["0", "-5"])
def test_a_lot_of_nothing_is_rejected(told: ToldRejects, value: str) -> None:
    header = "household_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
    text = f"{header}100,green_plum,{value},1,2026-05-01,2026-05-05,300,open\n"
    rejects = told("trade.SupplyLot.csv", text, known={**HOUSEHOLD, "Product": ["green_plum"]})
    assert rejects == [(2, "lot_quantity_kg", value, "not_positive")]


@pytest.mark.parametrize("value", ["2026-03-01", "2026-03-01T08:30:00", "yesterday", "2026-02-30T08:30:00+08:00"])
def test_an_instant_without_a_zone_or_that_is_none_is_rejected(told: ToldRejects, value: str) -> None:
    text = f"household_id,clue_route,clue_status,rule_id,raised_at\n100,hotline,open,r,{value}\n"
    assert told("hotline.Clue.csv", text, known=HOUSEHOLD) == [(2, "raised_at", value, "not_an_instant")]


def test_text_that_should_be_json_and_is_not_is_rejected(told: ToldRejects) -> None:
    header = "household_id,run_id,risk_share,parts_json,data_age_days\n"
    text = header + '100,r1,0.2,"{""I01"": 0.1}",3\n100,r2,0.2,{I01: 0.1},3\n100,r3,0.2,NaN,3\n'
    rejects = told("derived.RiskScore.csv", text, known={**HOUSEHOLD, "Run": ["r1", "r2", "r3"]})
    assert rejects == [(3, "parts_json", "{I01: 0.1}", "not_json"), (4, "parts_json", "NaN", "not_json")]


def test_several_codes_are_joined_by_a_semicolon(told: ToldRejects) -> None:
    header = (
        "household_id,product_id,certificate_codes,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
    )
    text = f"{header}100,green_plum,organic; green,5,1,2026-05-01,2026-05-05,300,open\n"
    assert told("trade.SupplyLot.csv", text, known={**HOUSEHOLD, "Product": ["green_plum"]}) == []


def test_a_cell_longer_than_any_text_is_rejected_and_shown_short(told: ToldRejects) -> None:
    rejects = told("police.Household.csv", f"id,head_name\n100,{'x' * 100_000}\n101,{'y' * 100_001}\n")
    assert rejects == [(3, "head_name", "y" * 79 + "…", "too_long")]


@pytest.mark.parametrize(("given", "kept"), [("'=1+1", "=1+1"), ("'plum", "'plum"), ("''=x", "'=x"), ("'-5", "-5")])
def test_the_apostrophe_that_guards_a_formula_is_taken_away_once(given: str, kept: str) -> None:
    assert without_guard(pa.array([given])).to_pylist() == [kept]
