"""Households that split, merge, move and end, and people who go from one to another."""

from __future__ import annotations

from datetime import date

from tests.analysis.history.told import Told, household, stay

Y2010, MARCH_1, MARCH_5, APRIL_2, MAY_6 = (
    date(2010, 1, 1), date(2024, 3, 1), date(2024, 3, 5), date(2024, 4, 2), date(2024, 5, 6),
)  # fmt: skip


def family(told: Told) -> None:
    """Let a couple live in h1, and household h2 be there."""
    people = [stay("p1", "h1", Y2010, "head"), stay("p2", "h1", Y2010, "spouse")]
    told.tell("police", MARCH_5, Household=[household("h1"), household("h2")], Stay=people)


def test_who_begins_to_stay_elsewhere_is_told_to_have_left(told: Told) -> None:
    family(told)
    told.tell("police", APRIL_2, Stay=[stay("p2", "h2", MARCH_1, "head")])
    assert told.texts()[-1] == (
        "2024-04-02 police: member 2 (spouse) lives in the household h2 since 2024-03-01, and so no longer here"
    )
    assert [(member.number, member.until) for member in told.answer().members] == [(1, None), (2, MARCH_1)]


def test_the_household_that_a_person_comes_to_tells_where_from(told: Told) -> None:
    family(told)
    told.tell("police", APRIL_2, Stay=[stay("p2", "h2", MARCH_1, "head")])
    assert told.texts("h2")[1:] == [
        "2024-03-05 police: member 1 (head of household) lived in the household h1 from 2010-01-01 on",
        "2024-04-02 police: member 1 (head of household) lives here since 2024-03-01",
    ]


def test_what_becomes_known_of_a_person_after_the_last_day_here_is_not_told_here(told: Told) -> None:
    family(told)
    told.tell("police", APRIL_2, Stay=[stay("p2", "h2", MARCH_1, "head")])
    told.tell("labour", MAY_6, Person=[{"id": "p2", "work_place": "migrant"}])
    job = {"id": "e1", "person_id": "p2", "work_place": "local", "is_public_post": False, "enterprise_id": "EN-1"}
    told.tell("labour", MAY_6, Employment=[{**job, "starts_on": APRIL_2}])
    assert [line for line in told.texts() if " labour: " in line] == []
    assert len([line for line in told.texts("h2") if " labour: " in line]) == 2


def test_a_split_is_told_by_both_households(told: Told) -> None:
    family(told)
    told.tell("police", APRIL_2, SPLIT_FROM=[{"from_id": "h2", "to_id": "h1", "happened_on": MARCH_1}])
    assert told.texts("h2")[-1] == "2024-04-02 police: this household split from the household h1 on 2024-03-01"
    assert told.texts("h1")[-1] == "2024-04-02 police: the household h2 split from this one on 2024-03-01"


def test_a_merger_is_told_by_both_households(told: Told) -> None:
    family(told)
    merged = household("h2", household_status="merged")
    merger = {"from_id": "h2", "to_id": "h1", "happened_on": MARCH_1}
    told.tell("police", APRIL_2, Household=[merged], MERGED_INTO=[merger])
    assert told.texts("h2")[-2:] == [
        "2024-04-02 police: Household - state of the household from lives here to merged into another",
        "2024-04-02 police: this household merged into the household h1 on 2024-03-01",
    ]
    assert told.texts("h1")[-1] == "2024-04-02 police: the household h2 merged into this one on 2024-03-01"


def test_a_move_is_told_with_the_end_of_the_old_address_and_the_new_one(told: Told) -> None:
    old = {"id": "r1", "household_id": "h1", "area_id": "350624105203", "starts_on": Y2010}
    new = {"id": "r2", "household_id": "h1", "area_id": "350624105204", "starts_on": MARCH_5}
    told.tell("place", Y2010, Area=[{"id": "350624105203", "name": "文山", "area_level": "village"}])
    told.tell("police", MARCH_1, Residence=[old])
    told.tell("police", APRIL_2, Residence=[{**old, "ends_on": MARCH_5}, new])
    assert told.texts()[1:] == [
        "2024-04-02 police: Residence (文山): ended, last day 2024-03-05",
        "2024-04-02 police: lives in 350624105204 since 2024-03-05",
    ]


def test_a_household_that_ended_is_told_with_its_state(told: Told) -> None:
    family(told)
    told.tell("police", APRIL_2, Household=[household(household_status="ended", valid_from=MARCH_1)])
    assert told.texts()[-1].endswith("state of the household from lives here to ended, from 2024-03-01 on")
