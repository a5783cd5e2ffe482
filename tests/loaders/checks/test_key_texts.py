"""Ids are looked at as they were typed, before they become pseudonyms."""

from __future__ import annotations

import pytest

from tests.loaders.desk import RejectsOf, ToldRejects

PEOPLE = {"Household": ["100", "350624105203"], "Person": ["900"]}
STAYS = "id,person_id,household_id,member_role,has_shared_budget,starts_on\n"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3.50624E+17", "shortened_number"),
        ("1e5", "shortened_number"),
        ("１００", "wide_characters"),
        ("100（新）", "wide_characters"),
        ("10\u200b0", "unseen_character"),
        ("10\ufeff0", "unseen_character"),
        ("10\t0", "unseen_character"),
        ("#N/A", "spreadsheet_error"),
        ("=A1", "formula_in_cell"),
        ("无", "placeholder"),
        ("不详", "placeholder"),
        ("-", "placeholder"),
        ("NULL", "placeholder"),
        ("n/a", "placeholder"),
        ("1\0", "nul_in_cell"),
    ],
)
def test_an_id_that_nobody_gave_is_rejected(told: ToldRejects, value: str, code: str) -> None:
    assert told("police.Household.csv", f'id,member_count\n100,3\n"{value}",4\n') == [(3, "id", value, code)]


@pytest.mark.parametrize(
    "value",
    ["000100", "35062410520300070X", "E12", "1E", "3506-24", "闽E-1", "none-1", "-1", "A+B", "a@b", "#12", "无锡1"],
)
def test_an_id_of_any_other_form_is_kept(told: ToldRejects, value: str) -> None:
    assert told("police.Household.csv", f"id,member_count\n{value},3\n") == []


def test_a_reference_is_looked_at_like_an_id_and_told_once(told: ToldRejects) -> None:
    text = STAYS + ",900,3.50624E+11,head,yes,2020-01-01\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [(2, "household_id", "3.50624E+11", "shortened_number")]


def test_an_id_of_an_organisation_is_looked_at_too(told: ToldRejects) -> None:
    assert told("market.Enterprise.csv", "id,name\n9.13E+17,Plum works\n") == [
        (2, "id", "9.13E+17", "shortened_number")
    ]


def test_one_of_several_columns_that_is_at_fault_counts_as_filled(told: ToldRejects) -> None:
    header = (
        "household_id,cooperative_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
    )
    text = header + "１００,,green_plum,5,1,2026-05-01,2026-05-05,300,open\n"
    assert told("trade.SupplyLot.csv", text, known={"Product": ["green_plum"]}) == [
        (2, "household_id", "１００", "wide_characters")
    ]


@pytest.mark.parametrize(
    "value", ["350624105203", "350624105203-1", "S350624105203", "stay of 350624105203", "900-2020", "2020/900"]
)
def test_an_id_that_holds_a_register_number_of_its_row_is_rejected(told: ToldRejects, value: str) -> None:
    text = STAYS + f"{value},900,350624105203,head,yes,2020-01-01\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [(2, "id", value, "id_holds_number")]


def test_letters_of_a_register_number_may_be_large_or_small(told: ToldRejects) -> None:
    known = {"Household": ["100"], "Person": ["35062419600101001X"]}
    text = STAYS + "s-35062419600101001x,35062419600101001X,100,head,yes,2020-01-01\n"
    assert [code for *_, code in told("police.Stay.csv", text, known=known)] == ["id_holds_number"]


@pytest.mark.parametrize("value", ["S1", "2020-1", "1900", "STAY9001"])
def test_an_id_of_its_own_is_kept(told: ToldRejects, value: str) -> None:
    # 900 is too short to be told from other digits; it counts only where it stands alone.
    text = STAYS + f"{value},900,350624105203,head,yes,2020-01-01\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == []


def test_the_words_say_what_to_do_with_an_id_that_tells(rejects_of: RejectsOf) -> None:
    text = STAYS + "350624105203-1,900,350624105203,head,yes,2020-01-01\n"
    (reject,) = rejects_of("police.Stay.csv", text, known=PEOPLE)
    assert reject.remedy("en") == (
        "Leave the id empty, then it is made from the other columns; or give one without the number."
    )
