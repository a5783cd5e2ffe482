"""In a snapshot a missing row is an end: `education` gives snapshots of households where children dropped out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from loaders.load_options import LoadOptions
from loaders.project import project
from policy import load_policy
from tests.loaders.desk import Desk

MARCH = datetime(2026, 3, 1, 8, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, 8, tzinfo=UTC)
MAY = datetime(2026, 5, 1, 8, tzinfo=UTC)
HEADER = "household_id,indicator_id,observed_on,number_value\n"
FAMILIES = [f"F{number}" for number in range(1, 11)]


@pytest.fixture
def school(desk: Desk) -> Desk:
    """Return a desk that knows ten households; in each a child had dropped out in February."""
    desk.write("police.Household.csv", "id\n" + "".join(f"{family}\n" for family in FAMILIES))
    desk.write("education.Observation.2026-02-28.csv", _dropouts("2026-02-28", FAMILIES))
    assert desk.load().is_complete
    return desk


def _dropouts(day: str, families: list[str], indicator: str = "I05") -> str:
    return HEADER + "".join(f"{family},{indicator},{day},1\n" for family in families)


def _findings(desk: Desk, day: date) -> dict[str, tuple[str, str | None]]:
    """Return status and end of the dropout finding by register number."""
    frames = project(desk.ledger, desk.schema, load_policy(), day=day)
    affected = frames.relationships["AFFECTED_BY"]
    names = {desk.identity.pseudonym("Household", family): family for family in FAMILIES}
    found = affected[affected["to_id"] == "E04"]
    ends = found["ended_on"].dt.strftime("%Y-%m-%d").astype("object").where(found["ended_on"].notna(), None)
    return {
        names[household]: (str(status), ended_on)
        for household, status, ended_on in zip(found["from_id"], found["status"], ends, strict=True)
    }


def test_what_the_next_snapshot_lacks_has_ended_on_its_day(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[1:]))
    report = school.load(file, recorded_at=APRIL).reports[0]
    assert report.absent == (("Observation", 1, date(2026, 3, 31)),)
    found = _findings(school, date(2026, 4, 1))
    assert found["F1"] == ("confirmed", "2026-03-31")
    assert found["F2"] == ("confirmed", None)


def test_before_the_day_of_the_snapshot_it_has_not_ended(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[1:]))
    school.load(file, recorded_at=APRIL)
    assert _findings(school, date(2026, 3, 30))["F1"] == ("confirmed", None)


def test_a_snapshot_that_is_taken_back_ends_nothing(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[1:]))
    load_id = school.load(file, recorded_at=APRIL).reports[0].load_id
    with school.ledger.writing() as writer:
        writer.withdraw(str(load_id), MAY, "wrong file")
    assert _findings(school, date(2026, 5, 1))["F1"] == ("confirmed", None)


def test_what_a_later_snapshot_has_again_is_there_again(school: Desk) -> None:
    for day, families, recorded_at in (("2026-03-31", FAMILIES[1:], APRIL), ("2026-04-30", FAMILIES, MAY)):
        school.load(school.write(f"education.Observation.{day}.csv", _dropouts(day, families)), recorded_at=recorded_at)
    assert _findings(school, date(2026, 5, 1))["F1"] == ("confirmed", None)


def test_a_snapshot_of_a_later_day_is_loaded_though_an_earlier_one_had_the_same_bytes(school: Desk) -> None:
    text = "id,housing_grade\n" + "".join(f"{family},C\n" for family in FAMILIES)
    fewer = text.replace("F1,C\n", "")
    for day, content, recorded_at in (
        ("2026-02-28", text, MARCH),
        ("2026-03-31", fewer, APRIL),
        ("2026-04-30", text, MAY),
    ):
        school.load(school.write(f"housing.Household.{day}.csv", content), recorded_at=recorded_at)
    households = project(school.ledger, school.schema, load_policy(), day=date(2026, 5, 1)).nodes["Household"]
    assert households["housing_grade"].tolist() == ["C"] * 10


def test_what_has_ended_does_not_end_again(school: Desk) -> None:
    for day, recorded_at in (("2026-03-31", APRIL), ("2026-04-30", MAY)):
        file = school.write(f"education.Observation.{day}.csv", _dropouts(day, FAMILIES[1:]))
        report = school.load(file, recorded_at=recorded_at).reports[0]
    assert report.absent == ()


def test_an_indicator_that_the_file_does_not_have_at_all_has_not_ended(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES, "I40"))
    assert school.load(file, recorded_at=APRIL).reports[0].absent == ()


def test_a_part_ends_nothing(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[:2]))
    report = school.load(file, recorded_at=APRIL, options=LoadOptions(is_part=True)).reports[0]
    assert (report.absent, report.notes) == ((), ())


def test_two_files_of_one_day_are_one_snapshot(school: Desk) -> None:
    for part, families in (("north", FAMILIES[:5]), ("south", FAMILIES[6:])):
        school.write(f"education.Observation.{part}.2026-03-31.csv", _dropouts("2026-03-31", families))
    reports = school.load(recorded_at=APRIL).reports
    assert [report.absent for report in reports if report.status == "loaded"] == [
        (),
        (("Observation", 1, date(2026, 3, 31)),),
    ]
    assert _findings(school, date(2026, 4, 1))["F6"] == ("confirmed", "2026-03-31")


def test_snapshots_of_two_days_in_one_call_follow_each_other(school: Desk) -> None:
    school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[1:]))
    school.write("education.Observation.2026-04-30.csv", _dropouts("2026-04-30", FAMILIES[2:]))
    school.load(recorded_at=MAY)
    found = _findings(school, date(2026, 5, 1))
    assert (found["F1"][1], found["F2"][1], found["F3"][1]) == ("2026-03-31", "2026-04-30", None)


def test_a_rejected_row_is_wrong_and_not_missing(school: Desk) -> None:
    text = _dropouts("2026-03-31", FAMILIES[1:]) + "F1,I05,2026-03-31,many\n"
    report = school.load(school.write("education.Observation.2026-03-31.csv", text), recorded_at=APRIL).reports[0]
    assert (report.rows.rejected, report.absent, report.notes) == (1, (), ())


def test_a_row_that_does_not_tell_what_it_is_of_lets_nothing_end(school: Desk) -> None:
    text = _dropouts("2026-03-31", FAMILIES[1:]) + "F1,I999,2026-03-31,1,too,many\n"
    report = school.load(school.write("education.Observation.2026-03-31.csv", text), recorded_at=APRIL).reports[0]
    assert report.absent == ()
    assert [note.code for note in report.notes] == ["snapshot_not_whole"]


def test_corrected_rejects_end_nothing_of_what_was_accepted_before(school: Desk) -> None:
    text = _dropouts("2026-03-31", FAMILIES[1:]) + "F1,I05,2026-03-31,many\n"
    report = school.load(school.write("education.Observation.2026-03-31.csv", text), recorded_at=APRIL).reports[0]
    assert report.rejects_file is not None
    corrected = report.rejects_file.read_text(encoding="utf-8-sig").replace(",many,", ",1,")
    again = school.load(school.write("education.Observation.again.csv", corrected), recorded_at=MAY).reports[0]
    assert (again.rows.accepted, again.absent) == (1, ())


def test_a_snapshot_that_lacks_much_asks_first_and_ends_it_when_told_to(school: Desk) -> None:
    file = school.write("education.Observation.2026-03-31.csv", _dropouts("2026-03-31", FAMILIES[:3]))
    report = school.load(file, recorded_at=APRIL).reports[0]
    # 7 of 10 are missing: more than 5, and more than a fifth.
    assert report.absent == ()
    assert [note.code for note in report.notes] == ["snapshot_lacks_much"]
    confirmed = school.load(file, recorded_at=MAY, options=LoadOptions(ends_all=True)).reports[0]
    assert confirmed.absent == (("Observation", 7, date(2026, 3, 31)),)
    assert (confirmed.status, confirmed.rows.read) == ("loaded", 0)
    found = _findings(school, date(2026, 5, 1))
    assert sorted(family for family, (_, ended_on) in found.items() if ended_on is None) == ["F1", "F2", "F3"]
    assert school.load(file, recorded_at=MAY, options=LoadOptions(ends_all=True)).reports[0].status == "known"


def test_a_register_of_persons_no_longer_says_what_its_snapshot_lacks(school: Desk) -> None:
    numbers = [f"P{number}" for number in range(1, 11)]
    school.write("police.Person.csv", "id\n" + "".join(f"{number}\n" for number in numbers))
    school.load()
    for day, pupils, recorded_at in (("2026-03-31", numbers, APRIL), ("2026-04-30", numbers[1:], MAY)):
        text = "id,school_stage\n" + "".join(f"{number},primary\n" for number in pupils)
        school.load(school.write(f"education.Person.{day}.csv", text), recorded_at=recorded_at)
    persons = project(school.ledger, school.schema, load_policy(), day=date(2026, 5, 1)).nodes["Person"]
    stages = dict(zip(persons["id"], persons["school_stage"], strict=True))
    first, second = school.identity.pseudonyms("Person", ["P1", "P2"])
    assert len(stages) == 10
    assert pd.isna(stages[first])
    assert stages[second] == "primary"


def test_a_feed_of_changes_ends_nothing_by_silence(school: Desk) -> None:
    report = school.load(school.write("police.Household.new.csv", "id\nF1\n"), recorded_at=APRIL).reports[0]
    assert report.absent == ()


def test_a_locked_file_may_hold_what_the_snapshot_lacks(school: Desk) -> None:
    # What an Office document with a password begins with.
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    whole = school.write("education.Observation.2026-03-31.a.csv", _dropouts("2026-03-31", FAMILIES[1:]))
    other = school.write("education.Observation.2026-03-31.b.xlsx", locked)
    reports = {report.file: report for report in school.load(whole, other, recorded_at=APRIL).reports}
    assert reports[other].status == "refused"
    assert (reports[whole].absent, [note.code for note in reports[whole].notes]) == ((), ["snapshot_not_whole"])
