"""Loading with a limit on rejects, as a trial, late, and what is said again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger import Holder, LedgerLocked
from loaders.load_options import LoadOptions, RejectLimit
from tests.loaders.desk import RECORDED_AT, Desk

THREE = "id,member_count\nF1,3\nF2,4\nF3,2\n"
ONE_WRONG = "id,member_count\nF1,3\nF2,four\nF3,2\n"
LATER = RECORDED_AT + timedelta(days=30)


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_above_the_limit_nothing_of_the_file_counts(desk: Desk) -> None:
    desk.write("police.Household.csv", ONE_WRONG)
    report = desk.load(options=LoadOptions(most_rejects=RejectLimit(0))).reports[0]
    assert report.status == "refused"
    assert report.reason is not None
    assert report.reason.code == "too_many_rejects"
    assert desk.ledger.version == -1
    assert desk.ledger.facts("Household").num_rows == 0


def test_the_rows_above_the_limit_are_listed_but_not_as_a_file_of_rejects(desk: Desk) -> None:
    desk.write("police.Household.csv", ONE_WRONG)
    desk.load(options=LoadOptions(most_rejects=RejectLimit(0)))
    (listed,) = desk.rejects.iterdir()
    assert listed.name == "police.Household.20260301T080000Z.not_loaded.csv"
    assert "F2,four" in listed.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("limit", "status"),
    [
        (RejectLimit(1), "loaded"),
        (RejectLimit(0.34, is_share=True), "loaded"),
        (RejectLimit(0.3, is_share=True), "refused"),
    ],
)
def test_a_limit_is_a_number_of_rows_or_a_share_of_them(desk: Desk, limit: RejectLimit, status: str) -> None:
    # One row of three is rejected: a share of 0.333.
    desk.write("police.Household.csv", ONE_WRONG)
    assert desk.load(options=LoadOptions(most_rejects=limit)).reports[0].status == status


def test_a_dry_run_tells_all_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.write("police.Household.csv", ONE_WRONG)
    desk.write("police.Residence.csv", "household_id,area_id,starts_on\nF1,350624,2020-01-01\n")
    before = _files(tmp_path)
    households, residences = desk.load(options=LoadOptions(is_dry_run=True)).reports
    assert (households.status, households.rows.accepted, households.rows.rejected) == ("checked", 2, 1)
    assert households.load_id is None
    # The area is not known, the household is: it stands in the file before.
    assert [(reject.column, reject.code) for reject in residences.rejects] == [("area_id", "unknown_reference")]
    assert _files(tmp_path) == before


def test_old_files_are_recorded_on_the_day_they_tell_and_marked(desk: Desk) -> None:
    entered = datetime(2026, 4, 1, tzinfo=UTC)
    old = datetime(2024, 1, 31, tzinfo=UTC)
    desk.write("police.Household.csv", THREE)
    desk.load(recorded_at=old, options=LoadOptions(is_backfill=True, clock=lambda: entered))
    (load,) = desk.ledger.loads().to_pylist()
    assert (load["is_backfill"], load["recorded_at"], load["finished_at"]) == (True, old, entered)
    assert set(desk.ledger.facts("Household")["recorded_at"].to_pylist()) == {old}


def test_a_load_tells_when_it_was_done(desk: Desk) -> None:
    done = RECORDED_AT + timedelta(seconds=7)
    desk.write("police.Household.csv", THREE)
    desk.load(options=LoadOptions(clock=lambda: done))
    (load,) = desk.ledger.loads().to_pylist()
    assert (load["started_at"], load["finished_at"]) == (RECORDED_AT, done)


def test_the_same_rows_in_another_file_are_recognised(desk: Desk) -> None:
    desk.load(desk.write("police.Household.csv", THREE))
    again = desk.write("police.Household.again.csv", "member_count,id\r\n2,F3\r\n3,F1\r\n4,F2\r\n")
    report = desk.load(again, recorded_at=LATER).reports[0]
    assert report.status == "known"
    assert report.reason is not None
    assert report.reason.code == "rows_known"
    assert desk.ledger.version == 0


def test_a_row_that_is_new_among_rows_said_again_brings_the_file_in(desk: Desk) -> None:
    desk.load(desk.write("police.Household.csv", THREE))
    report = desk.load(desk.write("police.Household.more.csv", THREE + "F4,1\n"), recorded_at=LATER).reports[0]
    assert (report.status, report.rows.accepted, report.repeated_count) == ("loaded", 4, 3)


def test_a_value_that_comes_back_is_not_said_again(desk: Desk) -> None:
    # 3, then 5, then 3: the last word counts, though the same row was said first.
    for number, row in enumerate(("F1,3\n", "F1,5\n", "F1,3\r\n")):
        file = desk.write(f"police.Household.{number}.csv", f"id,member_count\n{row}")
        report = desk.load(file, recorded_at=RECORDED_AT + timedelta(days=number)).reports[0]
    assert (report.status, report.repeated_count) == ("loaded", 0)


def test_rows_of_a_load_that_was_taken_back_are_new(desk: Desk) -> None:
    load_id = desk.load(desk.write("police.Household.csv", THREE)).reports[0].load_id
    with desk.ledger.writing() as writer:
        writer.withdraw(str(load_id), LATER, "wrong")
    report = desk.load(desk.write("police.Household.again.csv", THREE), recorded_at=LATER).reports[0]
    assert (report.status, report.repeated_count) == ("loaded", 0)


def test_another_feed_that_says_the_same_says_it_for_itself(desk: Desk) -> None:
    desk.load(desk.write("police.Household.csv", THREE))
    report = desk.load(desk.write("revitalisation.Household.csv", THREE), recorded_at=LATER).reports[0]
    assert (report.status, report.repeated_count) == ("loaded", 0)


def test_who_must_wait_is_told_for_whom_and_gives_up(desk: Desk) -> None:
    heard: list[Holder] = []
    desk.write("police.Household.csv", THREE)
    with desk.ledger.writing(), pytest.raises(LedgerLocked):
        desk.load(options=LoadOptions(wait_seconds=0.1, on_wait=heard.append))
    assert len(heard) == 1
    assert heard[0].pid.isdigit()


def test_each_step_is_told_with_the_place_of_its_file(desk: Desk) -> None:
    steps: list[tuple[str, int, int, str]] = []
    desk.write("police.Household.csv", THREE)
    desk.write("police.Person.csv", "id\nP1\n")
    desk.load(options=LoadOptions(on_step=lambda *step: steps.append(step)))
    assert steps == [
        (step, number, 2, name)
        for number, name in enumerate(("police.Household.csv", "police.Person.csv"), start=1)
        for step in ("reading", "checking", "writing")
    ]
