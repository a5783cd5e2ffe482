"""The ready mapping of the rice households, on ten rows of the real file.

From social_insure of the package causaldata 0.1.5 (MIT), data of Cai, de Janvry, Sadoulet 2015, "Social Networks and
the Decision to Insure"; chosen so that each kind of empty cell is among them.
"""

from __future__ import annotations

from datetime import date

import pytest

from loaders.mapping import ready_mapping
from loaders.report import Counts, LoadReport
from tests.loaders.desk import Desk

EXCERPT = """\
address,village,takeup_survey,age,agpop,ricearea_2010,disaster_prob,male,default,intensive,risk_averse,literacy,pre_takeup_rate
beilian2,beilian,0,62,2,10,30,1,1,0,0,0,.071428575
beilian2,beilian,1,63,5,15,100,1,1,0,0,1,.071428575
beilian2,beilian,1,76,6,,50,1,1,1,.60000002,1,.071428575
beilian4,beilian,1,73,2,5,50,1,0,0,0,1,.40000001
daxiyuantoulong,daxi,1,,,,40,1,0,1,.60000002,,.18181819
daxituku,daxi,0,58,1,.800000011920929,60,1,1,1,0,0,.35294119
daxiwujiajiaohengtou,daxi,1,44,6,20,20,0,0,0,0,1,.25
dayuxiajia,dayu,1,,,13,50,,1,1,.80000001,,.45454547
yongfengyangzu,yongfeng,1,75,19,5,30,1,0,0,0,0,1
zixi9,zixi,0,72,2,8,20,1,1,0,0,1,.125
"""


@pytest.fixture
def loaded(desk: Desk) -> LoadReport:
    path = desk.write("social_insure.csv", EXCERPT)
    (report,) = desk.load(path, mapping=ready_mapping("rice_households_2010")).reports
    return report


@pytest.mark.usefixtures("loaded")
def test_villages_and_hamlets_are_told_once_and_hang_together(desk: Desk) -> None:
    areas = {area["id"]: (area["area_level"], area["area_id"]) for area in desk.ledger.facts("Area").to_pylist()}
    # One county, five administrative villages, eight natural ones.
    assert len(areas) == 1 + 5 + 8
    assert areas["rice2010"] == ("county", None)
    assert areas["rice2010.beilian"] == ("village", "rice2010")
    assert areas["rice2010.beilian.beilian2"] == ("hamlet", "rice2010.beilian")


def test_every_row_is_accepted_and_counted_by_kind(loaded: LoadReport) -> None:
    assert loaded.rows == Counts(10, 10, 0)
    # Rice area and household size are both there in seven rows; probability and uptake in all ten.
    assert dict(loaded.by_kind) == {
        "Area": Counts(14, 14, 0),
        "Household": Counts(10, 10, 0),
        "Person": Counts(10, 10, 0),
        "Stay": Counts(10, 10, 0),
        "Residence": Counts(10, 10, 0),
        "Observation": Counts(27, 27, 0),
    }


@pytest.mark.usefixtures("loaded")
def test_the_first_household_says_what_its_row_says(desk: Desk) -> None:
    household = desk.identity.pseudonym("Household", "rice2010-1")
    observed = {
        fact["indicator_id"]: (fact["number_value"], fact["answer"], fact["observed_on"])
        for fact in desk.ledger.facts("Observation").to_pylist()
        if fact["household_id"] == household
    }
    day = date(2010, 1, 1)
    # 10 mu for two people; a disaster in 30 of 100 years; no insurance bought.
    assert observed == {"I20": (5.0, None, day), "I70": (0.3, None, day), "I71": (None, "no", day)}
    (own,) = [fact for fact in desk.ledger.facts("Household").to_pylist() if fact["id"] == household]
    assert (own["member_count"], own["arable_mu"], own["was_registered_poor"]) == (2, 10.0, None)
    (home,) = [fact for fact in desk.ledger.facts("Residence").to_pylist() if fact["household_id"] == household]
    assert home["area_id"] == "rice2010.beilian.beilian2"


@pytest.mark.usefixtures("loaded")
def test_the_head_is_a_person_with_birth_year_and_sex_where_told(desk: Desk) -> None:
    heads = {person["id"]: (person["birth_year"], person["sex"]) for person in desk.ledger.facts("Person").to_pylist()}
    first, without_age, woman, unknown = (
        heads[desk.identity.pseudonym("Person", f"rice2010-{number}-head")] for number in (1, 5, 7, 8)
    )
    assert (first, without_age, woman, unknown) == ((1948, "male"), (None, "male"), (1966, "female"), (None, None))


@pytest.mark.usefixtures("loaded")
def test_what_the_file_cannot_say_is_left_empty(desk: Desk) -> None:
    household = desk.identity.pseudonym("Household", "rice2010-5")
    (own,) = [fact for fact in desk.ledger.facts("Household").to_pylist() if fact["id"] == household]
    assert (own["member_count"], own["arable_mu"]) == (None, None)
    observed = {
        fact["indicator_id"]
        for fact in desk.ledger.facts("Observation").to_pylist()
        if fact["household_id"] == household
    }
    assert observed == {"I70", "I71"}


def test_a_mapped_file_that_lacks_a_column_is_refused(desk: Desk) -> None:
    path = desk.write("other.csv", "address,village\nx,y\n")
    (report,) = desk.load(path, mapping=ready_mapping("rice_households_2010")).reports
    assert report.reason is not None
    assert (report.reason.code, report.reason.fields["column"]) == ("mapping_column_missing", "agpop")
