"""What feeds tell of a household, as sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graph_schema import Schema
from tests.analysis.history.told import Told, household, stay

MARCH_1, MARCH_5, APRIL_2, MAY_6 = date(2024, 3, 1), date(2024, 3, 5), date(2024, 4, 2), date(2024, 5, 6)
Y2010, Y2020 = date(2010, 1, 1), date(2020, 1, 1)


def last(told: Told, *, show_sensitive: bool = False) -> str:
    return told.texts(show_sensitive=show_sensitive)[-1]


def test_a_household_is_told_with_its_values_and_the_day_it_became_known(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()])
    assert told.texts() == ["2024-03-05 police: Household - number of members: 4; state of the household: lives here"]


def test_people_who_come_together_make_one_sentence(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()], Stay=[stay("p1", "h1", Y2010, "head")])
    told.tell("police", APRIL_2, Stay=[stay("p2", "h1", MARCH_1), stay("p3", "h1", MARCH_1, "other")])
    told.tell("police", MAY_6, Person=[{"id": "p1", "birth_year": 1974}, {"id": "p2", "birth_year": 2001}])
    assert told.texts()[1:3] == [
        "2024-03-05 police: member 1 (head of household, born 1974) lives here since 2010-01-01",
        "2024-04-02 police: 2 more people live here since 2024-03-01: member 2 (child, born 2001), member 3 (other)",
    ]


def test_a_value_that_changes_is_told_from_what_to_what(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household(member_count=4)])
    told.tell("police", APRIL_2, Household=[household(member_count=6, valid_from=MARCH_1)])
    assert last(told) == "2024-04-02 police: Household - number of members from 4 to 6, from 2024-03-01 on"
    (change,) = told.answer().entries[-1].changes
    assert (change.name, change.before_en, change.after_zh) == ("member_count", "4", "6")


def test_what_is_said_again_as_it_was_is_no_entry(told: Told) -> None:
    for day in (MARCH_5, APRIL_2, MAY_6):
        told.tell("police", day, Household=[household()])
    assert len(told.texts()) == 1


def test_what_two_feeds_say_is_told_of_each(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household(member_count=4)])
    told.tell("visit", APRIL_2, Household=[household(member_count=5)])
    assert last(told).startswith("2024-04-02 visit: Household - number of members: 5")


def test_a_value_that_is_said_no_more_and_one_that_is_new_are_told(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household(arable_mu=3.5)])
    told.tell("police", APRIL_2, Household=[household(housing_grade="C")])
    assert last(told) == (
        "2024-04-02 police: Household - arable land 3.5 mu is said no more; "
        "safety grade of the dwelling now partly dangerous, not said before"
    )


def test_a_fact_that_its_feed_ended_is_told_with_its_last_day(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()])
    told.tell("police", APRIL_2, Household=[household(valid_to=MARCH_1)])
    entry = told.answer().entries[-1]
    assert (entry.happening, entry.text_en) == ("ended", "Household: ended, last day 2024-03-01")


def test_who_leaves_is_told_by_number(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()], Stay=[stay("p1", "h1", Y2010, "head")])
    told.tell("police", APRIL_2, Stay=[stay("p1", "h1", Y2010, "head", ends_on=MARCH_1)])
    assert last(told) == "2024-04-02 police: member 1 (head of household) lives here no longer, last day 2024-03-01"


@pytest.mark.parametrize(
    ("kind", "row", "english", "chinese"),
    [
        (
            "Residence",
            {"id": "r1", "area_id": "350624105203", "starts_on": Y2020},
            "lives in 350624105203 since 2020-01-01",
            "自 2020-01-01 起住在350624105203",
        ),
        (
            "Membership",
            {"id": "m1", "cooperative_id": "CO-1", "starts_on": Y2020, "ends_on": MARCH_1},
            "member of CO-1 since 2020-01-01, until 2024-03-01",
            "自 2020-01-01 起为CO-1社员，至 2024-03-01 止",
        ),
        (
            "Observation",
            {"id": "o1", "indicator_id": "I25", "observed_on": MARCH_1, "number_value": 0.58},
            "unsold share of the harvest: 58%, observed on 2024-03-01",
            "收获量中未售出的比例：58%，观测于 2024-03-01",
        ),
        (
            "CauseFinding",
            {
                "id": "f1", "cause_id": "M02", "status": "confirmed", "onset_on": MARCH_1, "severity": 0.6,
                "confidence": 1.0,
            },
            "unsold surplus: confirmed since 2024-03-01, severity 0.6, confidence 1",
            "产品滞销：自 2024-03-01 起确认，严重程度 0.6，可信度 1",
        ),
        (
            "Visit",
            {"id": "v1", "visit_reason": "monthly", "visit_status": "missed", "planned_on": MARCH_1},
            "visit on 2024-03-01 (monthly visit): missed",
            "2024-03-01 走访（每月走访）：未见到",
        ),
        (
            "Clue",
            {
                "id": "c1", "clue_route": "hotline", "clue_status": "open",
                "raised_at": datetime(2024, 3, 1, 8, tzinfo=UTC),
            },
            "clue of 2024-03-01 by hotline: waits for triage",
            "2024-03-01 的线索，来自热线：待研判",
        ),
        (
            "SupplyLot",
            {"id": "l1", "product_id": "green_plum", "lot_quantity_kg": 2200.0, "ask_fen_per_kg": 210},
            "Lot (green plum) - quantity of the lot: 2,200 kg; price asked: 2.1 yuan/kg",
            "供应批（青梅），批次数量：2,200 千克；要价：2.1 元/千克",
        ),
    ],
)  # fmt: skip
def test_each_common_kind_has_its_sentence(
    told: Told, kind: str, row: dict[str, object], english: str, chinese: str
) -> None:
    told.tell_rows("village", MARCH_5, {kind: [{"household_id": "h1", **row}]})
    (entry,) = told.answer().entries
    assert (entry.text_en, entry.text_zh) == (english, chinese)


def test_income_and_payments_have_theirs_for_who_may_see_them(told: Told) -> None:
    income = {"id": "i1", "income_year": 2023, "income_kind": "wage", "low_fen": 1_200_000, "high_fen": 1_500_000}
    told.tell("village", MARCH_5, IncomeComponent=[{"household_id": "h1", "certainty": "stated", **income}])
    assert last(told, show_sensitive=True).endswith("wages of 2023: 12,000 yuan to 15,000 yuan, stated")


def test_help_to_a_member_names_the_measure_and_the_member(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()], Stay=[stay("p1", "h1", Y2010, "head")])
    help_given = {"id": "a1", "person_id": "p1", "measure_id": "B36", "assistance_status": "running"}
    told.tell("revitalisation", APRIL_2, Assistance=[{**help_given, "starts_on": MARCH_1}])
    measure = told.schema.measures["B36"].label.en
    expected = f"help: {measure}, member 1 (head of household) since 2024-03-01, running"
    assert last(told) == f"2024-04-02 revitalisation: {expected}"


def test_a_case_and_its_steps_hang_on_the_household(told: Told) -> None:
    case = {"id": "k1", "household_id": "h1", "case_state": "verifying", "opened_on": MARCH_1}
    step = {"id": "k1-1", "monitoring_case_id": "k1", "old_state": "clue", "new_state": "verifying"}
    states = told.schema.case_states
    told.tell("office", MARCH_5, MonitoringCase=[case])
    told.tell("office", APRIL_2, CaseEvent=[{**step, "happened_at": datetime(2024, 4, 1, 8, tzinfo=UTC)}])
    old, new = (states[code].label.en if code in states else code for code in ("clue", "verifying"))
    assert last(told) == f"2024-04-02 office: the case went from {old} to {new} on 2024-04-01"


def test_places_and_organisations_are_told_by_name(told: Told) -> None:
    told.tell("place", MARCH_1, Area=[{"id": "350624105203", "name": "文山村", "area_level": "village"}])
    told.tell("police", MARCH_5, Residence=[
        {"id": "r1", "household_id": "h1", "area_id": "350624105203", "starts_on": Y2020}
    ])  # fmt: skip
    assert told.texts() == ["2024-03-05 police: lives in 文山村 since 2020-01-01"]


def test_every_kind_of_the_schema_can_be_told(told: Told, schema: Schema) -> None:
    """Whatever hangs on a household has a sentence, if only its kind and its filled values."""
    kinds = [table.name for table in schema.fact_tables.values() if table.column("household_id")]
    kinds.remove("Absence")  # told as the end of what is missing
    for kind in kinds:
        told.tell_rows("village", MARCH_5, {kind: [{"id": f"{kind}-1", "household_id": "h1"}]})
    entries = told.answer(show_sensitive=True).entries
    assert {entry.kind for entry in entries} == set(kinds)
    assert all(entry.text_en and entry.text_zh for entry in entries)
