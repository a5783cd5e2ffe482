"""What every page does, asked without a browser: language, security policy, faults, forms with empty fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from loaders.settings import Settings
from loaders.workspace import Workspace

PAGES = ("/", "/dictionary", "/dictionary/causes", "/nowhere")
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def language_of(text: str) -> str:
    found = re.search(r'<html lang="([A-Za-z-]+)"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_allows_nothing_inline_and_nothing_from_elsewhere(address: str, client: TestClient) -> None:
    answer = client.get(address, headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", answer.text) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text) == []


def test_the_language_is_that_of_the_switch_then_of_the_cookie_then_of_the_browser(client: TestClient) -> None:
    client.cookies.clear()
    assert language_of(client.get("/", headers={"accept-language": "zh-CN"}).text) == "zh-Hans"
    assert language_of(client.get("/", headers={"accept-language": "fr"}).text) == "en"
    assert language_of(client.get("/?lang=zh", headers={"accept-language": "en"}).text) == "zh-Hans"
    assert language_of(client.get("/", headers={"accept-language": "en"}).text) == "zh-Hans"
    client.cookies.clear()


def test_a_switch_to_a_language_that_is_not_there_is_refused_on_a_page(client: TestClient) -> None:
    answer = client.get("/?lang=xx", headers=HTML)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert "lang" in answer.text


def test_empty_fields_of_a_form_count_as_left_out(client: TestClient) -> None:
    assert client.get("/dictionary?q=&day=&lang=", headers=HTML).status_code == 200


def test_an_unknown_address_is_a_page_for_a_reader_and_a_problem_for_a_program(client: TestClient) -> None:
    page = client.get("/nowhere", headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'href="/"' in page.text
    problem = client.get("/nowhere", headers={"accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"


def test_a_fault_on_a_page_is_told_in_the_language_of_the_page(client: TestClient) -> None:
    answer = client.get("/dictionary/nothing-of-that-name", headers={**HTML, "accept-language": "zh"})
    assert answer.status_code == 404
    assert language_of(answer.text) == "zh-Hans"
    assert answer.headers["x-request-id"] in answer.text


def test_a_file_asked_for_by_its_version_may_be_kept_for_good(client: TestClient) -> None:
    address = re.search(r'href="(/static/plumline.css\?v=[0-9a-f]+)"', client.get("/").text)
    assert address
    answer = client.get(address[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_the_dictionary_finds_a_word_in_every_section_and_says_so_when_there_is_none(client: TestClient) -> None:
    found = client.get("/dictionary?q=GREEN_plum")
    assert "green_plum_candied" in found.text
    assert "H01" not in found.text
    none = client.get("/dictionary?q=%3Cb%3Ezz", headers={"accept-language": "zh"})
    assert "没有条目含“&lt;b&gt;zz”" in none.text


def test_a_row_of_the_dictionary_can_be_linked_to_by_its_code(client: TestClient) -> None:
    text = client.get("/dictionary/causes").text
    assert 'id="H01"' in text
    assert len(re.findall(r'<tr id="', text)) == len(set(re.findall(r'<tr id="([^"]+)"', text)))


def test_the_first_page_of_an_empty_folder_says_what_to_do(
    client_of: Callable[..., TestClient], tmp_path: Path
) -> None:
    answer = client_of(Workspace(Settings(data=tmp_path / "empty"))).get("/")
    assert answer.status_code == 200
    assert 'href="/loads"' in answer.text
    assert "plumline demo" in answer.text


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/chains?help=without&area=诏安县", "/chains?help=without&area=350624"),
        ("/produce?area=青梅村", "/produce?area=350624101201"),
        ("/produce?area=揭", "/produce?area=445200"),
        # The codes of three places begin with it.
        ("/chains?area=350", "/search?q=350&kind=Area"),
    ],
)
def test_a_place_may_be_asked_for_by_its_name(asked: str, led_to: str, client: TestClient) -> None:
    answer = client.get(asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, led_to)


def test_a_place_that_nothing_is_like_is_told_to_be_unknown(client: TestClient) -> None:
    answer = client.get("/produce?area=nowhere", headers=HTML, follow_redirects=False)
    assert answer.status_code == 404
    assert "nowhere" in answer.text
