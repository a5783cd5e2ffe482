from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pytest

from graph_schema import Schema
from ledger import LedgerError
from loaders.checks.facts import Checked
from loaders.checks.references import KnownIdsOf
from loaders.checks.verdict import Verdict, judge
from loaders.errors import LoadError
from loaders.report import Counts
from loaders.rows.fact_rows import Indexes
from tests.loaders.desk import RECORDED_AT, Desk

HOUSEHOLDS = "id,member_count,household_status\n100,3,active\n101,4,active\n"
STAYS = "person_id,household_id,member_role,has_shared_budget,starts_on\n"


def test_every_accepted_row_is_a_fact_that_tells_where_it_comes_from(desk: Desk) -> None:
    desk.write("police.Household.csv", HOUSEHOLDS)
    (report,) = desk.load().reports
    facts = desk.ledger.facts("Household").to_pylist()
    assert sorted(fact["id"] for fact in facts) == sorted(desk.identity.pseudonyms("Household", ["100", "101"]))
    assert {(fact["feed"], fact["load_id"], fact["recorded_at"], fact["is_made_up"]) for fact in facts} == {
        ("police", report.load_id, RECORDED_AT, False)
    }
    assert [fact["source_row"] for fact in facts] == [2, 3]


def test_what_was_read_is_accepted_or_rejected(desk: Desk) -> None:
    desk.write("police.Household.csv", HOUSEHOLDS + "102,many,active\n103\n")
    (report,) = desk.load().reports
    (load,) = desk.ledger.loads().to_pylist()
    assert (report.status, report.rows, report.by_kind) == (
        "loaded",
        Counts(4, 2, 2),
        (("Household", Counts(3, 2, 1)),),
    )
    assert (load["read_count"], load["accepted_count"], load["rejected_count"]) == (4, 2, 2)
    assert [(reject.line, reject.code) for reject in report.rejects] == [(4, "not_whole"), (5, "wrong_cell_count")]


def test_a_folder_loads_what_is_referred_to_first(desk: Desk) -> None:
    desk.write("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01\n")
    desk.write("police.Person.csv", "id,name\n900,Lin\n")
    desk.write("police.Household.csv", HOUSEHOLDS)
    outcome = desk.load()
    assert [report.file.name for report in outcome.reports] == [
        "police.Household.csv",
        "police.Person.csv",
        "police.Stay.csv",
    ]
    assert outcome.is_complete
    stay, household, person = (desk.ledger.facts(kind).to_pylist()[0] for kind in ("Stay", "Household", "Person"))
    assert stay["id"] == f"{person['id']}-{household['id']}-2020-01-01"


def test_the_same_file_again_is_known_by_its_content(desk: Desk) -> None:
    first = desk.write("police.Household.csv", HOUSEHOLDS)
    second = desk.write("police.Household.again.csv", HOUSEHOLDS)
    desk.load(first)
    (report,) = desk.load(second).reports
    assert (report.status, report.rows, report.load_id) == ("known", Counts(), None)
    assert report.reason is not None
    assert report.reason.code == "already_loaded"
    assert desk.ledger.facts("Household").num_rows == 2


def test_the_same_content_from_another_feed_is_loaded(desk: Desk) -> None:
    desk.write("police.Household.csv", HOUSEHOLDS)
    desk.write("revitalisation.Household.csv", HOUSEHOLDS)
    assert [report.status for report in desk.load().reports] == ["loaded", "loaded"]


def test_a_file_of_which_nothing_was_accepted_is_a_load_and_may_be_loaded_again(desk: Desk) -> None:
    stays = desk.write("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01\n")
    (report,) = desk.load(stays).reports
    assert (report.status, report.rows) == ("loaded", Counts(1, 0, 1))
    assert desk.ledger.loads().num_rows == 1
    desk.load(desk.write("police.Person.csv", "id\n900\n"), desk.write("police.Household.csv", HOUSEHOLDS))
    assert desk.load(stays).reports[0].rows == Counts(1, 1, 0)


def test_a_file_that_cannot_be_used_holds_back_only_what_refers_to_it(desk: Desk) -> None:
    desk.write("police.Household.csv", b"id\n\xd6\xd0\n")
    desk.write("police.Person.csv", "id,name\n900,Lin\n")
    desk.write("police.Stay.csv", STAYS + "900,100,head,yes,2020-01-01\n")
    outcome = desk.load()
    assert [(report.file.name, report.status) for report in outcome.reports] == [
        ("police.Household.csv", "refused"),
        ("police.Person.csv", "loaded"),
        ("police.Stay.csv", "held_back"),
    ]
    assert [report.reason.code for report in outcome.reports if report.reason] == ["not_utf8", "held_back"]
    assert not outcome.is_complete


def test_what_hangs_on_a_held_back_file_is_held_back_too(desk: Desk) -> None:
    desk.write("revitalisation.Agency.csv", "")
    desk.write("revitalisation.Programme.csv", "id,agency_id\np1,a1\n")
    desk.write("revitalisation.TARGETS.csv", "from_id,to_id\nx,H01\n")
    desk.write("revitalisation.Assistance.csv", "id,assistance_status,starts_on,measure_id\n")
    assert [report.status for report in desk.load().reports] == ["refused", "held_back", "held_back", "held_back"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("households.csv", HOUSEHOLDS, "name_tells_no_kind"),
        ("nobody.Household.csv", HOUSEHOLDS, "unknown_feed"),
        ("water.Household.csv", HOUSEHOLDS, "feed_does_not_fill"),
        ("policy.Cause.csv", "id\nH01\n", "kind_has_no_table"),
        ("police.Household.csv", "id,size\n100,3\n", "unknown_column"),
        ("police.Household.csv", "member_count\n3\n", "missing_column"),
        ("police.Stay.csv", "person_id,household_id,starts_on\n900,100,2020-01-01\n", "missing_column"),
        ("trade.POOLED_IN.csv", "from_id,pooled_quantity_kg\na,3\n", "missing_column"),
        ("police.Household.csv", "", "empty_file"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_nothing_behind(desk: Desk, name: str, text: str, code: str) -> None:
    (report,) = desk.load(desk.write(name, text)).reports
    assert report.reason is not None
    assert (report.status, report.reason.code, desk.ledger.version) == ("refused", code, -1)


def test_a_kind_given_by_hand_must_be_one(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.csv", HOUSEHOLDS), feed="police", kind="Family").reports
    assert report.reason is not None
    assert report.reason.code == "unknown_kind"


def test_feed_and_kind_may_be_given(desk: Desk) -> None:
    (report,) = desk.load(desk.write("list.csv", HOUSEHOLDS), feed="police", kind="Household").reports
    assert (report.status, report.rows) == ("loaded", Counts(2, 2, 0))


def test_a_file_that_cannot_be_opened_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, open_path = desk.write("police.Household.csv", HOUSEHOLDS), Path.open

    def fail(path: Path, mode: str = "r", encoding: str | None = None, errors: str | None = None) -> IO[Any]:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return open_path(path, mode, encoding=encoding, errors=errors)

    monkeypatch.setattr(Path, "open", fail)
    (report,) = desk.load().reports
    assert report.reason is not None
    assert (report.reason.code, report.reason.fields["reason"]) == ("unreadable_file", "Permission denied")


def test_made_up_rows_stay_marked_as_made_up(desk: Desk) -> None:
    desk.write("ORIGIN.yaml", "origin: made_up\nen: Made up.\nzh: 虚构。\n")
    desk.write("police.Household.csv", HOUSEHOLDS)
    (report,) = desk.load().reports
    (load,) = desk.ledger.loads().to_pylist()
    assert report.is_made_up
    assert (load["is_made_up"], load["origin_en"], load["origin_zh"]) == (True, "Made up.", "虚构。")
    assert {fact["is_made_up"] for fact in desk.ledger.facts("Household").to_pylist()} == {True}


def test_a_file_of_a_folder_that_nobody_can_tell_is_reported(desk: Desk) -> None:
    desk.write("police.Household.csv", HOUSEHOLDS)
    stray = desk.write("list.csv", "a\n1\n")
    assert desk.load().unknown_files == (stray,)


def test_a_header_alone_is_a_load_of_no_rows(desk: Desk) -> None:
    desk.write("police.Household.csv", "id,member_count\n")
    (report,) = desk.load().reports
    assert (report.status, report.rows, report.rejects_file) == ("loaded", Counts(), None)


def test_a_held_ledger_is_an_error_of_the_whole_call(desk: Desk) -> None:
    desk.write("police.Household.csv", HOUSEHOLDS)
    with desk.ledger.writing(), pytest.raises(LedgerError) as caught:
        desk.load()
    assert caught.value.code == "locked"


def test_a_file_that_another_process_loads_meanwhile_is_not_loaded_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write("police.Household.csv", HOUSEHOLDS)

    def meanwhile(
        checked: Sequence[Checked], *, lines: Indexes, known: KnownIdsOf, schema: Schema, recorded_at: datetime
    ) -> Verdict:
        monkeypatch.setattr("loaders.loading.judge", judge)
        desk.load(path)
        return judge(checked, lines=lines, known=known, schema=schema, recorded_at=recorded_at)

    monkeypatch.setattr("loaders.loading.judge", meanwhile)
    assert desk.load(path).reports[0].status == "known"
    assert desk.ledger.facts("Household").num_rows == 2


def test_a_relationship_is_kept_between_the_pseudonyms_of_its_ends(desk: Desk) -> None:
    desk.write("police.Person.csv", "id\n900\n901\n")
    desk.write("police.KIN_OF.csv", "from_id,to_id,kin_role\n900,901,child\n")
    assert desk.load().is_complete
    (kin,) = desk.ledger.facts("KIN_OF").to_pylist()
    assert [kin["from_id"], kin["to_id"]] == desk.identity.pseudonyms("Person", ["900", "901"])


def test_a_missing_path_is_an_error_of_the_whole_call(desk: Desk) -> None:
    with pytest.raises(LoadError):
        desk.load(desk.feeds / "gone.csv")


def test_the_log_names_no_household(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.write("police.Household.csv", "id,head_name,member_count\n350624001,Lin Meihua,x\n350624002,Chen,3\n")
    caplog.set_level("DEBUG")
    desk.load()
    logged = "".join(f"{record.getMessage()}{vars(record)}" for record in caplog.records)
    assert "file taken" in logged
    assert not any(secret in logged for secret in ("350624001", "350624002", "Lin Meihua", "Chen"))
