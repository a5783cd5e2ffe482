"""The pages of help that was accepted: the numbers of the API, the steps that are allowed, and what is refused.

On a small county that is all made up: a draft of four helps is accepted, one help runs, and one tells an illness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from analysis.amounts import yuan
from api.app import create_app
from api.pages.assist_helps_steps import MONEY
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.small_ledger import HERE, PATIENT, caught_up
from tests.api.test_board_pages import text_of
from tests.loaders.kept.assisting import DAY, county, help_row, keep_draft, tell

HELPS = "/assistance/helps"
TO_PERSON = "p2-B38-2026-03-01"
ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}
FIRST, SECOND = "h1-B36-2026-05-20", "h1-B36-2026-05-20-M03"
SALE, THIRD, RUNS, HIDDEN = "h2-B37-2026-05-20", "h3-B36-2026-05-20", "h3-B38-2026-03-01", "h2-B01-2026-03-01"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield an application of this module's own, at which all of a draft was accepted on its page."""
    workspace = Workspace(Settings(data=tmp_path_factory.mktemp("helps") / "data"))
    ledger = workspace.open_ledger(create=True)
    told = county()
    told["Assistance"] += [help_row(HIDDEN, "h2", "B01"), help_row(TO_PERSON, None, "B38", person_id="p2")]
    # H01 is illness, which is sensitive.
    tell(ledger, {**told, "TARGETS": [{"from_id": HIDDEN, "to_id": "H01"}]})
    run = keep_draft(ledger).id
    app = create_app(workspace, today=lambda: DAY, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE, headers=ENGLISH, follow_redirects=False) as client:
        sent = caught_up(client).post(f"/assistance/drafts/{run}/accept", data={})
        assert sent.status_code == 303, sent.text
        yield client


def steps(office: TestClient, help_id: str) -> set[str]:
    """Return the steps that the page of a help has forms for."""
    return set(re.findall(r'name="step" value="([a-z]+)"', office.get(f"{HELPS}/{help_id}").text))


def listed(html: str) -> list[str]:
    return re.findall(rf'<th scope="row" class="name"><a href="{HELPS}/([^"?]+)', html)


def loads(office: TestClient) -> int:
    version: int = office.get("/v1/status").json()["ledger_version"]
    return version


@pytest.mark.parametrize(
    "query", ["", "?state=running", "?household=h1", "?programme=px", "?run=last", "?state=stopped", f"?after={SALE}"]
)
def test_the_list_is_that_of_the_api_and_keeps_to_its_filters(office: TestClient, query: str) -> None:
    page, told = office.get(HELPS + query), office.get(f"/v1{HELPS}{query}").json()
    shown = text_of(page.text)
    assert listed(page.text) == [each["help_id"] for each in told["helps"]]
    assert not told["helps"] or f"Helps ({told['help_count']})" in shown
    assert all(notice["text_en"] in unescape(shown) for notice in told["notices"])
    assert told["amounts"] is None or all(yuan(fen, "en") in shown for fen in told["amounts"].values())
    assert HIDDEN not in page.text


def test_a_list_without_help_says_what_to_do_next(client: TestClient) -> None:
    page = client.get(HELPS, headers=ENGLISH)
    assert page.status_code == 200
    assert "Make a plan, keep it as a draft" in text_of(page.text)


@pytest.mark.parametrize("address", [HELPS, f"{HELPS}/{RUNS}"])
def test_both_pages_speak_both_languages(office: TestClient, address: str) -> None:
    for language, words in (("en", "Help and what came of it"), ("zh", "帮扶落实情况")):
        answer = office.get(address, headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["content-language"]) == (200, language)
        assert words in text_of(answer.text)


def test_help_is_reached_from_its_household_and_help_to_a_person_tells_where_the_person_lives(
    office: TestClient,
) -> None:
    assert f'href="{HELPS}/{RUNS}"' in office.get("/households/h3").text
    page = office.get(f"{HELPS}/{TO_PERSON}").text
    assert 'href="/households/h2"' in page
    assert "a person" in text_of(page)
    assert "a person" in text_of(office.get(HELPS).text)


def test_only_steps_that_are_allowed_have_a_form_and_its_origin_can_be_told(office: TestClient) -> None:
    assert steps(office, SECOND) == {"running", "stopped", *MONEY}
    assert steps(office, RUNS) == {"done", "stopped", *MONEY}
    assert office.get(f"{HELPS}/{RUNS}").headers["referrer-policy"] == "same-origin"


def test_help_begins_and_is_done_on_its_page_and_the_list_tells_it(
    office: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        sent = office.post(f"{HELPS}/{THIRD}", data={"step": "running", "day": "2026-05-20"})
    assert sent.status_code == 303, text_of(sent.text)
    # The client of this test has a log of its own.
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert f"POST {HELPS}/{{help_id}} 303" in " ".join(told)
    assert [line for line in told if "h3" in line] == []
    page = office.get(sent.headers["location"]).text
    load = sent.headers["location"].partition("entered=")[2].removesuffix("#entered")
    assert "Entered: the help runs." in text_of(page)
    assert f'href="/loads/{load}"' in page
    assert THIRD in listed(office.get(f"{HELPS}?state=running").text)
    assert office.post(f"{HELPS}/{THIRD}", data={"step": "done"}).status_code == 303
    assert "It is over" in text_of(office.get(f"{HELPS}/{THIRD}").text)
    assert THIRD in listed(office.get(f"{HELPS}?state=done").text)


def test_why_help_was_stopped_is_told_as_it_was_typed(office: TestClient) -> None:
    sent = office.post(f"{HELPS}/{FIRST}", data={"step": "stopped", "reason": "<b>moved</b>", "day": "2026-05-20"})
    assert sent.status_code == 303
    page = office.get(f"{HELPS}/{FIRST}").text
    assert "&lt;b&gt;moved&lt;/b&gt;" in page
    # Nothing more is approved for it; what was approved before may still be told.
    assert steps(office, FIRST) == {*MONEY} - {"approved"}


def test_money_is_approved_paid_and_comes_and_only_the_sums_of_many_are_shown(
    office: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{HELPS}/{SALE}"
    for step, amount in (("approved", "1,234.50"), ("paid", "1,200"), ("delivered", "1,100")):
        sent = office.post(address, data={"step": step, "yuan": amount, "on": "2026-05-20"})
        assert sent.status_code == 303, text_of(sent.text)
    amounts = office.get(f"/v1{HELPS}").json()["amounts"]
    assert (amounts["approved_fen"], amounts["paid_fen"], amounts["delivered_fen"]) == (123_450, 120_000, 110_000)
    assert yuan(110_000, "en") in text_of(office.get(HELPS).text)
    assert yuan(110_000, "en") not in text_of(office.get(address).text)
    assert steps(office, SALE) == {"running", "stopped", *MONEY}
    monkeypatch.setattr(office.app.state, "shows_sensitive", True)  # type: ignore[attr-defined]
    page = office.get(address).text
    assert all(yuan(fen, "en") in text_of(page) for fen in (123_450, 120_000, 110_000))
    # Nothing is left to be paid or to come of the one payment; it may come back.
    assert steps(office, SALE) == {"running", "stopped", "approved", "returned"}
    assert re.findall(r'<option value="(\d+)"', page) == ["1"]
    assert office.post(address, data={"step": "returned", "number": "1"}).status_code == 303
    assert office.get(f"/v1{HELPS}").json()["amounts"]["paid_fen"] == 0


@pytest.mark.parametrize(
    ("help_id", "typed", "status", "words"),
    [
        (SECOND, {"step": "stopped", "reason": "  ", "day": "2026-05-20"}, 422, "No reason is given."),
        (SECOND, {"step": "done", "day": "2026-05-20"}, 409, "planned"),
        (SECOND, {"step": "running", "day": "20 May"}, 422, "“Day” is not a day"),
        (SECOND, {"step": "running", "day": str(DAY + timedelta(days=1))}, 422, "“Day” lies ahead"),
        (SECOND, {"step": "approved", "yuan": "a lot", "on": "2026-05-20"}, 422, "“Amount (yuan)” is not a number"),
        (SECOND, {"step": "approved", "yuan": "-5", "on": "2026-05-20"}, 422, "An amount cannot be -5.00 yuan."),
        (SECOND, {"step": "approved", "yuan": "500", "on": ""}, 422, "“On” is missing"),
        (SECOND, {"step": "paid", "yuan": "500", "on": "2026-05-20", "number": "7"}, 404, "There is no payment"),
        (RUNS, {"step": "approved", "yuan": "9,999,999", "on": "2026-05-20"}, 409, "yuan left"),
        (RUNS, {"step": "sold"}, 422, "step"),
    ],
)
def test_what_cannot_be_is_told_on_the_page_keeps_what_was_typed_and_enters_nothing(
    office: TestClient, help_id: str, typed: dict[str, str], status: int, words: str
) -> None:
    before = loads(office)
    answer = office.post(f"{HELPS}/{help_id}", data=typed)
    assert (answer.status_code, loads(office)) == (status, before)
    assert answer.text.count('role="alert"') == 1
    assert words in unescape(text_of(answer.text))
    form = re.search(rf'<h3 id="step-{typed["step"]}">.*?</form>', answer.text, re.DOTALL)
    assert (form is not None) == (typed["step"] in steps(office, help_id))
    if form is not None:
        assert 'role="alert"' in form[0]
        assert all(f'value="{value}"' in form[0] for name, value in typed.items() if name != "step")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_help_that_tells_an_illness_is_answered_as_help_that_is_not_there(office: TestClient, method: str) -> None:
    before = loads(office)
    said = []
    for help_id in (HIDDEN, "nobody-B01-2026-03-01"):
        answer = office.request(method, f"{HELPS}/{help_id}", data={"step": "done"} if method == "POST" else None)
        assert (answer.status_code, loads(office)) == (404, before)
        said.append(text_of(answer.text).replace(help_id, "").replace(answer.headers["x-request-id"], ""))
    assert "The ledger holds no help" in said[0]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("what", "body"), [("state", {"state": "done"}), ("payments", {"approved_fen": 100, "approved_on": "2026-05-20"})]
)
def test_a_program_enters_nothing_of_help_that_tells_an_illness(
    office: TestClient, what: str, body: dict[str, object]
) -> None:
    before = loads(office)
    said = []
    for help_id in (HIDDEN, "nobody-B01-2026-03-01"):
        answer = office.post(f"/v1{HELPS}/{help_id}/{what}", json=body)
        assert (answer.status_code, loads(office)) == (404, before)
        said.append({name: str(value).replace(help_id, "") for name, value in answer.json().items()})
    same = [{name: value for name, value in each.items() if name not in ("instance", "request_id")} for each in said]
    assert same[0] == same[1]


def test_the_list_of_loads_does_not_say_whose_help_was_entered(office: TestClient) -> None:
    sent = office.post(f"{HELPS}/{SALE}", data={"step": "approved", "yuan": "20", "on": "2026-05-19"})
    assert sent.status_code == 303, text_of(sent.text)
    assert office.post(f"{HELPS}/{SALE}", data={"step": "running", "day": "2026-05-20"}).status_code == 303
    told = office.get("/v1/loads").text
    assert "help: approved" in told
    assert "help: running" in told
    assert SALE not in told


def test_what_a_page_of_another_site_sends_is_refused(office: TestClient) -> None:
    before = loads(office)
    sent = office.post(f"{HELPS}/{SECOND}", data={"step": "running"}, headers={"Origin": "https://plumline.example"})
    assert (sent.status_code, loads(office)) == (403, before)
