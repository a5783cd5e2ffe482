"""The loads of the ledger over HTTP, and taking one back."""

from __future__ import annotations

import pytest

from cli.main import perform
from loaders.loads_answers import LoadsBody, load_entries
from tests.api.loads.office import Office


def test_the_newest_load_comes_first_and_pages_follow_each_other(office: Office) -> None:
    office.load("id,member_count\n7001,3\n")
    whole = office.client.get("/v1/loads").json()
    expected = [entry.load_id for entry in load_entries(office.workspace.open_ledger(), office.workspace.schema)]
    assert [load["load_id"] for load in whole["loads"]] == expected[::-1]
    seen: list[str] = []
    after = None
    while len(seen) < len(expected) + 1:
        page = office.client.get("/v1/loads", params={"limit": 4, **({} if after is None else {"after": after})}).json()
        seen += [load["load_id"] for load in page["loads"]]
        after = page["next_after"]
        if after is None:
            break
    assert seen == expected[::-1]


def test_the_list_has_the_numbers_of_the_command(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert perform(["--data", str(office.workspace.settings.data), "--json", "loads"]) == 0
    told = LoadsBody.model_validate_json(capsys.readouterr().out)
    body = office.client.get("/v1/loads").json()
    assert body["count"] == told.count
    assert body["loads"][::-1] == [entry.model_dump(mode="json") for entry in told.loads]


def test_the_loads_of_one_feed_are_listed_alone(office: Office) -> None:
    body = office.client.get("/v1/loads?feed=trade").json()
    # Lots, demands and where they are: three files of the feed stand in the small ledger.
    assert (body["count"], {load["feed"] for load in body["loads"]}) == (3, {"trade"})
    assert office.problem(office.client.get("/v1/loads?feed=pollice")) == (422, "no_such_feed")


def test_a_load_is_told_with_its_counts(office: Office) -> None:
    office.load("id,member_count\n7101,3\n7102,four\n")
    load_id = office.newest().load_id
    body = office.client.get(f"/v1/loads/{load_id}").json()
    assert body["has_rejects_file"] is True
    counts = {name: body["load"][name] for name in ("read_count", "accepted_count", "rejected_count")}
    assert counts == {"read_count": 2, "accepted_count": 1, "rejected_count": 1}


def test_a_load_taken_back_counts_no_more_and_is_gone_from_the_graph(office: Office) -> None:
    office.load("id,member_count\n7201,3\n")
    load_id = office.newest().load_id
    household = office.workspace.identity.pseudonym("Household", "7201")
    answer = office.client.post(f"/v1/loads/{load_id}/withdraw", json={"why": " of another county "})
    assert (answer.status_code, answer.json()["version"]) == (200, "withdraw/1")
    entry = office.newest()
    assert (entry.load_id, entry.why) == (load_id, "of another county")
    assert entry.withdrawn_at is not None
    version = office.workspace.open_ledger().version
    office.wait_for_graph(version)
    assert office.client.get(f"/v1/chains/Household/{household}").status_code == 404
    again = office.client.post(f"/v1/loads/{load_id}/withdraw", json={"why": "again"})
    assert office.problem(again) == (409, "load_already_withdrawn")


@pytest.mark.parametrize("why", ["", "  ", "x" * 501, "a\u202eb\x00"])
def test_taking_back_needs_a_reason_that_can_be_read(office: Office, why: str) -> None:
    load_id = office.newest().load_id
    answer = office.client.post(f"/v1/loads/{load_id}/withdraw", json={"why": why})
    assert office.problem(answer) == (422, "bad_parameters")
    assert [fault["place"] for fault in answer.json()["errors"]] == ["body"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/loads/nobody", "unknown_load"),
        ("/v1/loads/nobody/rejects", "unknown_load"),
        ("/v1/loads/%2A/rejects", "unknown_load"),
        (f"/v1/loads/jobs/{'0' * 32}", "unknown_job"),
        (f"/v1/loads/jobs/{'0' * 32}/rejects/1", "unknown_job"),
    ],
)
def test_what_is_not_there_is_told(office: Office, path: str, code: str) -> None:
    assert office.problem(office.client.get(path)) == (404, code)


def test_a_load_without_rejects_has_no_file_of_them(office: Office) -> None:
    office.load("id,member_count\n7301,3\n")
    load_id = office.newest().load_id
    assert office.problem(office.client.get(f"/v1/loads/{load_id}/rejects")) == (404, "no_rejects")
    assert office.problem(office.client.post("/v1/loads/nobody/withdraw", json={"why": "x"})) == (404, "unknown_load")
