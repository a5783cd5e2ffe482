"""Loads in the browser: a form without script, the page of a job, one load and taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from httpx2 import Response

from api.loads.desk import Start
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.loads.office import HOUSEHOLDS, ONE_WRONG, Idle, InThisProcess, Office

HTML = {"Accept": "text/html", "Accept-Language": "en"}


def sent(office: Office, content: str, name: str = HOUSEHOLDS, **fields: str) -> Response:
    # A browser sends the empty fields of a form too.
    empty = dict.fromkeys(("mapping", "feed", "kind", "shows", "max_rejects"), "")
    files = {"file": (name, content.encode())}
    answer: Response = office.client.post(
        "/loads", files=files, data={**empty, **fields}, headers=HTML, follow_redirects=False
    )
    return answer


def page_of(office: Office, address: str, language: str = "en") -> str:
    answer = office.client.get(address, headers={**HTML, "Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def ended(office: Office, answer: Response) -> str:
    """Return the address of the page of a job that a form led to, once it has ended."""
    assert answer.status_code == 303
    office.ended("/v1" + answer.headers["location"])
    return str(answer.headers["location"])


def test_a_form_without_script_leads_to_what_came_of_the_file(office: Office) -> None:
    page = page_of(office, ended(office, sent(office, "id,member_count\n101,3\n102,four\n")))
    # Two rows are read: one is accepted, one rejected.
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["2", "1", "1"]
    assert "is not a whole number" in page
    (rejects,) = re.findall(r'href="(/v1/loads/jobs/[0-9a-f]+/rejects/1)"', page)
    assert "102,four,3" in office.client.get(rejects).content.decode("utf-8-sig")
    assert "http-equiv" not in page
    assert 'hx-trigger="every' not in page


def test_while_a_load_is_under_way_its_page_renews_itself_with_and_without_script(
    open_office: Callable[[Start], Office],
) -> None:
    office = open_office(Idle)
    answer = sent(office, ONE_WRONG)
    page = page_of(office, answer.headers["location"])
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-trigger="every 1s"' in page
    stop = f"{answer.headers['location']}/cancel"
    assert f'action="{stop}"' in page
    assert office.client.post(stop, headers=HTML, follow_redirects=False).status_code == 303
    office.ended("/v1" + answer.headers["location"])
    assert "The load was stopped on request." in page_of(office, answer.headers["location"])


@pytest.mark.parametrize(
    ("content", "fields", "told"),
    [
        ("", {}, "is empty"),
        (ONE_WRONG, {"feed": "x"}, "not known"),
        (ONE_WRONG, {"shows": "soon"}, "shows is not a day"),
    ],
)
def test_what_is_not_taken_is_told_on_the_form(office: Office, content: str, fields: dict[str, str], told: str) -> None:
    answer = sent(office, content, **fields)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert re.search(rf'role="alert">.*{told}', answer.text, re.DOTALL)
    assert 'type="file"' in answer.text


def test_a_refused_file_says_why_in_chinese(office: Office) -> None:
    page = page_of(office, ended(office, sent(office, ONE_WRONG, "list.csv")), "zh")
    assert "未导入" in page
    assert "有 1 个文件未导入" in page_of(office, "/loads", "zh")


def test_a_load_is_taken_back_with_a_reason(office: Office) -> None:
    ended(office, sent(office, "id,member_count\n201,3\n"))
    load_id = office.newest().load_id
    assert f"/loads/{load_id}" in page_of(office, "/loads")
    assert f'action="/loads/{load_id}/withdraw"' in page_of(office, f"/loads/{load_id}")
    refused = office.client.post(f"/loads/{load_id}/withdraw", data={"why": "wrong"}, headers=HTML)
    assert (refused.status_code, office.newest().withdrawn_at) == (422, None)
    answer = office.client.post(f"/loads/{load_id}/withdraw", data={"why": "wrong <b>", "sure": "yes"}, headers=HTML)
    assert answer.url.path == f"/loads/{load_id}"
    assert "wrong &lt;b&gt;" in answer.text
    assert "/withdraw" not in answer.text


def test_a_page_with_a_form_lets_the_browser_say_where_it_comes_from(office: Office) -> None:
    # Without it a browser sends the form with the origin "null", as a page of anybody would.
    assert office.client.get("/loads", headers=HTML).headers["referrer-policy"] == "same-origin"
    load_id = office.newest().load_id
    assert office.client.get(f"/loads/{load_id}", headers=HTML).headers["referrer-policy"] == "same-origin"


def test_before_anything_is_loaded_it_says_what_to_do_next(
    tmp_path_factory: pytest.TempPathFactory, open_office_on: Callable[[Workspace, Start], Office]
) -> None:
    office = open_office_on(Workspace(Settings(data=tmp_path_factory.mktemp("empty") / "data")), InThisProcess)
    assert "plumline demo" in page_of(office, "/loads")


def test_names_of_files_are_text(office: Office) -> None:
    name = "police.Household.<script>alert(1)<.csv"
    page = page_of(office, ended(office, sent(office, "id,member_count\n301,x\n", name)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;.csv" in page


@pytest.mark.parametrize("path", [f"/loads/jobs/{'0' * 32}", "/loads/nobody"])
def test_what_is_not_there_is_a_page(office: Office, path: str) -> None:
    answer = office.client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
