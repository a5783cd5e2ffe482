"""What is sent and cannot be loaded is refused with a reason, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limits import Bounds
from api.loads.desk import Start
from loaders.workspace import Workspace
from tests.api.loads.office import ONE_WRONG, InThisProcess, Office
from tests.api.small_ledger import HERE

BOUNDARY = "multipart/form-data; boundary=b"


def form(*parts: str, end: str = "--b--\r\n") -> bytes:
    return ("".join(f"--b\r\n{part}\r\n" for part in parts) + end).encode()


FILE_PART = f'Content-Disposition: form-data; name="file"; filename="police.Household.csv"\r\n\r\n{ONE_WRONG}'


@pytest.mark.parametrize(
    ("content", "fields", "expected"),
    [
        ("", {}, (422, "upload_empty")),
        (ONE_WRONG, {"feed": "pollice"}, (422, "unknown_feed")),
        (ONE_WRONG, {"kind": "Family"}, (422, "unknown_kind")),
        (ONE_WRONG, {"mapping": "../../etc/passwd"}, (422, "no_such_mapping")),
        (ONE_WRONG, {"mapping": "nobody"}, (422, "no_such_mapping")),
        (ONE_WRONG, {"part": "on", "ends_all": "on"}, (422, "upload_part_or_all")),
        (ONE_WRONG, {"shows": "31.3.2026"}, (422, "bad_parameters")),
        (ONE_WRONG, {"max_rejects": "many"}, (422, "bad_parameters")),
        (ONE_WRONG, {"dry_run": "maybe"}, (422, "bad_parameters")),
        (ONE_WRONG, {"recorded": "2026-01-01"}, (422, "bad_parameters")),
        (ONE_WRONG, {"feed": "x" * 5000}, (400, "form_field_too_long")),
    ],
)
def test_a_form_that_cannot_be_followed_is_refused(
    office: Office, content: str, fields: dict[str, str], expected: tuple[int, str]
) -> None:
    before = office.spool
    assert office.problem(office.send(content, **fields)) == expected
    assert office.spool == before


@pytest.mark.parametrize(
    ("media_type", "body", "expected"),
    [
        ("text/csv", ONE_WRONG.encode(), (415, "not_a_form")),
        ("application/x-www-form-urlencoded", b"file=x", (415, "not_a_form")),
        ("multipart/form-data", form(FILE_PART), (415, "not_a_form")),
        (BOUNDARY, form('Content-Disposition: form-data; name="feed"\r\n\r\npolice'), (422, "upload_missing")),
        (BOUNDARY, form('Content-Disposition: form-data; name="file"; filename=""\r\n\r\n'), (422, "upload_missing")),
        (BOUNDARY, form(FILE_PART, end=""), (400, "form_broken_off")),
        (BOUNDARY, form(FILE_PART, FILE_PART), (422, "one_file_at_a_time")),
        (BOUNDARY, form(FILE_PART.replace('name="file"', 'name="other"')), (422, "one_file_at_a_time")),
        (BOUNDARY, b"no form at all", (400, "form_unreadable")),
        (BOUNDARY, form(*['Content-Disposition: form-data; name="feed"\r\n\r\n'] * 30), (400, "form_too_long")),
    ],
)
def test_what_is_no_form_with_one_file_is_refused(
    office: Office, media_type: str, body: bytes, expected: tuple[int, str]
) -> None:
    before = office.spool
    answer = office.client.post("/v1/loads", content=body, headers={"Content-Type": media_type})
    assert office.problem(answer) == expected
    assert office.spool == before


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (ONE_WRONG, "list.csv", "name_tells_no_kind"),
        ("id,member_count,size\n1,2,3\n", "police.Household.csv", "unknown_column"),
        (b"id,head_name\n1,\xff\xff\xff\n", "police.Household.csv", "not_utf8"),
        (b"%PDF-1.7 and so on", "police.Household.csv", "other_form"),
        (ONE_WRONG, "bank.Household.csv", "feed_does_not_fill"),
    ],
)
def test_a_file_that_cannot_be_used_ends_as_refused_with_its_reason(
    office: Office, content: str | bytes, name: str, code: str
) -> None:
    job = office.load(content, name)
    assert job.outcome is not None
    (report,) = job.outcome.reports
    assert (job.state, report.status) == ("done", "refused")
    assert report.reason is not None
    assert report.reason.code == code
    assert report.reason.remedy.zh


@pytest.fixture
def small(workspace: Workspace) -> Callable[[], TestClient]:
    """Return what makes a client of a server that takes ten kilobytes."""
    bounds = Bounds(uploads=frozenset({"/v1/loads"}), upload_bytes=10_000)
    return lambda: TestClient(create_app(workspace, bounds=bounds, start_load=InThisProcess), base_url=HERE)


@pytest.mark.parametrize("says_how_long", [True, False])
def test_a_file_above_the_limit_is_refused_and_nothing_of_it_kept(
    small: Callable[[], TestClient], workspace: Workspace, says_how_long: bool
) -> None:
    body = form(FILE_PART + "x" * 20_000)
    content = body if says_how_long else iter([body[:5000], body[5000:]])
    with small() as client:
        answer = client.post("/v1/loads", content=content, headers={"Content-Type": BOUNDARY})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert list((workspace.settings.data / "spool").glob("*")) == []


def test_a_disk_that_takes_no_more_is_told(
    office: Office, open_office: Callable[[Start], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, data: bytes, start: int, end: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("api.loads.receiving.Received._take", full)
    before = office.spool
    assert office.problem(office.send()) == (507, "upload_not_kept")
    assert office.spool == before


@pytest.mark.parametrize("header", [{"Origin": "https://plumline.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_site_can_send_nothing(office: Office, header: dict[str, str]) -> None:
    before = office.spool
    answer = office.client.post("/v1/loads", files={"file": ("police.Household.csv", b"id\n1\n")}, headers=header)
    assert office.problem(answer) == (403, "other_site")
    assert office.spool == before
