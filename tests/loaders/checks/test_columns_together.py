from __future__ import annotations

import pytest

from tests.loaders.desk import RejectsOf, ToldRejects

PEOPLE = {"Household": ["100", "101"], "Person": ["900", "901"]}
STAY = "person_id,household_id,member_role,has_shared_budget,starts_on,ends_on\n"
LOT = "household_id,cooperative_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
TRADE = {**PEOPLE, "Cooperative": ["c1"], "Product": ["green_plum"]}


def test_an_empty_cell_that_is_required_is_rejected(told: ToldRejects) -> None:
    text = STAY + "900,100,head,yes,2020-01-01,\n901,100,,yes,2020-01-01,\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [(3, "member_role", "", "required")]


def test_blanks_alone_are_an_empty_cell(told: ToldRejects) -> None:
    text = STAY + "900,100, ,yes,2020-01-01,\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [(2, "member_role", " ", "required")]


def test_of_a_shared_kind_only_the_id_is_required(told: ToldRejects) -> None:
    assert told("police.Household.csv", "id,member_count\n100,\n,3\n") == [(3, "id", "", "required")]


def test_a_cell_that_is_wrong_is_not_also_missing(told: ToldRejects) -> None:
    text = STAY + "900,100,head,perhaps,2020-01-01,\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [(2, "has_shared_budget", "perhaps", "not_a_flag")]


def test_two_things_wrong_with_a_row_are_two_rejects(told: ToldRejects) -> None:
    text = STAY + "900,100,uncle,perhaps,2020-01-01,\n"
    assert told("police.Stay.csv", text, known=PEOPLE) == [
        (2, "member_role", "uncle", "not_a_code"),
        (2, "has_shared_budget", "perhaps", "not_a_flag"),
    ]


def test_an_end_before_the_start_is_rejected(rejects_of: RejectsOf) -> None:
    text = STAY + "900,100,head,yes,2020-01-02,2020-01-01\n901,100,child,yes,2020-01-01,2020-01-01\n"
    (reject,) = rejects_of("police.Stay.csv", text, known=PEOPLE)
    assert (reject.line, reject.column, reject.code) == (2, "ends_on", "wrong_order")
    assert reject.what("en") == "“2020-01-01” in “ends_on” lies before “2020-01-02” in “starts_on”."


def test_a_use_by_day_before_the_ready_day_is_rejected(told: ToldRejects) -> None:
    text = LOT + "100,,green_plum,5,1,2026-05-05,2026-05-01,300,open\n"
    assert told("trade.SupplyLot.csv", text, known=TRADE) == [(2, "use_by_on", "2026-05-01", "wrong_order")]


def test_a_lowest_amount_above_the_highest_is_rejected(told: ToldRejects) -> None:
    text = "household_id,income_year,income_kind,low_fen,high_fen,certainty\n100,2025,wage,300,200,stated\n"
    assert told("survey.IncomeComponent.csv", text, known=PEOPLE) == [(2, "high_fen", "200", "wrong_order")]


def test_of_a_group_exactly_one_column_is_filled(told: ToldRejects) -> None:
    rows = "100,c1,green_plum,5,1,2026-05-01,2026-05-05,300,open\n,,green_plum,5,1,2026-05-01,2026-05-05,300,open\n"
    assert told("trade.SupplyLot.csv", LOT + rows, known=TRADE) == [
        (2, "household_id", "100", "several_filled"),
        (3, "household_id", "", "none_filled"),
    ]


def test_the_kind_of_an_end_is_one_that_may_stand_there(told: ToldRejects) -> None:
    text = "from_id,to_kind,to_id,starts_on\np1,Enterprise,e1,2026-01-01\np1,Household,100,2026-01-01\n"
    known = {"Programme": ["p1"], "Enterprise": ["e1"]}
    rejects = told("revitalisation.PARTNERS_WITH.csv", text, known=known)
    assert rejects == [(3, "to_kind", "Household", "not_a_code")]


def test_a_relationship_with_itself_is_rejected(told: ToldRejects) -> None:
    text = "from_id,to_id,kin_role\n900,900,sibling\n900,901,sibling\n"
    assert told("police.KIN_OF.csv", text, known=PEOPLE) == [(2, "to_id", "900", "to_itself")]


def test_two_things_of_different_kinds_may_have_one_id(told: ToldRejects) -> None:
    text = "from_kind,from_id,to_kind,to_id\nAssistance,7,Resource,7\n"
    assert told("trade.USES.csv", text, known={"Assistance": ["7"], "Resource": ["7"]}) == []


def test_an_area_is_no_part_of_itself(told: ToldRejects) -> None:
    assert told("place.Area.csv", "id,area_id\n350624,350624\n") == [(2, "area_id", "350624", "to_itself")]


@pytest.mark.parametrize(
    ("second", "code"),
    [("900,100,head,yes,2020-01-01,\n", "same_row_twice"), ("900,100,child,yes,2020-01-01,\n", "id_twice")],
)
def test_the_second_of_two_rows_with_one_id_is_rejected_with_the_line_of_the_first(
    rejects_of: RejectsOf, second: str, code: str
) -> None:
    text = STAY + "901,100,child,yes,2020-01-01,\n900,100,head,yes,2020-01-01,\n" + second
    (reject,) = rejects_of("police.Stay.csv", text, known=PEOPLE)
    assert (reject.line, reject.code, reject.fields["first_line"]) == (4, code, 3)


def test_a_household_told_twice_is_rejected_the_second_time(told: ToldRejects) -> None:
    text = "id,member_count\n100,3\n 100,4\n101,3\n"
    assert told("police.Household.csv", text) == [(3, "id", " 100", "id_twice")]


def test_two_ends_told_twice_are_rejected_the_second_time(told: ToldRejects) -> None:
    text = "from_id,to_id,kin_role\n900,901,child\n901,900,parent\n900,901,child\n"
    assert told("police.KIN_OF.csv", text, known=PEOPLE) == [(4, "from_id", "900", "same_row_twice")]


def test_a_household_at_two_periods_is_no_duplicate(told: ToldRejects) -> None:
    text = "id,member_count,valid_from\n100,3,2024-01-01\n100,4,2025-01-01\n"
    assert told("police.Household.csv", text) == []


def test_a_faulty_first_row_does_not_take_the_place_of_the_second(told: ToldRejects) -> None:
    text = "id,member_count\n100,three\n100,3\n"
    assert told("police.Household.csv", text) == [(2, "member_count", "three", "not_whole")]


def test_two_lots_of_one_day_need_numbers(told: ToldRejects) -> None:
    header = "number," + LOT
    row = "100,,green_plum,5,1,2026-05-01,2026-05-05,300,open\n"
    # A lot without a number is number 1.
    rejects = told("trade.SupplyLot.csv", f"{header},{row}2,{row}1,{row}", known=TRADE)
    assert rejects == [(4, "id", "", "id_twice")]


def test_an_id_that_lacks_a_part_cannot_be_made(told: ToldRejects) -> None:
    text = "agency_id,resource_kind,capacity\na1,job,5\n,job,5\n"
    rejects = told("revitalisation.Resource.csv", text, known={"Agency": ["a1"]})
    assert rejects == [(3, "agency_id", "", "id_part_missing")]


PAYMENT = (
    "assistance_id,household_id,programme_id,payment_status,approved_fen,approved_on,paid_fen,paid_on,delivered_fen,"
    "delivered_on\n"
)
DELIVERY = (
    "commitment_id,delivered_quantity_kg,accepted_quantity_kg,delivered_on,paid_on\n"
    "K1,{delivered},{accepted},2026-01-05,2026-01-02\n"
)
CASE = (
    "household_id,case_state,direction,policy_profile,is_green_channel,opened_on,due_on,recognised_on,closed_on\n"
    "100,CLUE,entry,generic,no,"
)


@pytest.mark.parametrize(
    ("days", "column"),
    [
        (("2026-01-02", "2026-01-01", "2026-01-03"), "paid_on"),
        (("2026-01-01", "2026-01-03", "2026-01-02"), "delivered_on"),
        (("2026-01-01", "2026-01-01", "2026-01-01"), None),
    ],
)
def test_money_is_approved_then_paid_then_delivered(
    told: ToldRejects, days: tuple[str, str, str], column: str | None
) -> None:
    approved, paid, delivered = days
    text = PAYMENT + f"A1,100,P1,delivered,900,{approved},900,{paid},900,{delivered}\n"
    rejects = told("revitalisation.Payment.csv", text, known={**PEOPLE, "Assistance": ["A1"], "Programme": ["P1"]})
    assert [(found, code) for _, found, _, code in rejects] == ([(column, "wrong_order")] if column else [])


def test_a_delivery_may_be_paid_before_it_comes(told: ToldRejects) -> None:
    text = DELIVERY.format(delivered=500, accepted=500)
    assert told("trade.Delivery.csv", text, known={"Commitment": ["K1"]}) == []


def test_no_more_is_accepted_than_was_delivered(rejects_of: RejectsOf) -> None:
    text = DELIVERY.format(delivered=500, accepted=500.5)
    (reject,) = rejects_of("trade.Delivery.csv", text, known={"Commitment": ["K1"]})
    assert (reject.line, reject.column, reject.code) == (2, "accepted_quantity_kg", "more_than_whole")
    assert reject.what("en") == (
        "“500.5” in “accepted_quantity_kg” is more than “500” in “delivered_quantity_kg”, of which it is a part."
    )


@pytest.mark.parametrize(
    ("days", "column"),
    [
        ("2026-01-02,2026-01-01,,", "due_on"),
        ("2026-01-02,,2026-01-01,", "recognised_on"),
        ("2026-01-02,,,2026-01-01", "closed_on"),
        ("2026-01-01,,2026-01-03,2026-01-02", "closed_on"),
    ],
)
def test_a_case_is_opened_then_recognised_then_closed(told: ToldRejects, days: str, column: str) -> None:
    rejects = told("office.MonitoringCase.csv", CASE + days + "\n", known=PEOPLE)
    assert [(found, code) for _, found, _, code in rejects] == [(column, "wrong_order")]


@pytest.mark.parametrize("counts", ["3,4,0", "3,0,4"])
def test_no_more_people_work_than_live_there(told: ToldRejects, counts: str) -> None:
    ((_, column, value, code),) = told(
        "police.Household.csv", f"id,member_count,worker_count,migrant_worker_count\n100,{counts}\n"
    )
    assert (value, code) == ("4", "more_than_whole")
    assert column == ("worker_count" if counts == "3,4,0" else "migrant_worker_count")
