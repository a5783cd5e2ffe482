"""The coordinator's pages on the small ledger: one lot of plums, two demands, of which one wants a better grade."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.api.small_ledger import Households


def text_of(html: str) -> str:
    """Return what stands between the tags of the main part, blanks as one."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def test_the_board_shows_what_the_api_says(client: TestClient, households: Households) -> None:
    answer = client.get("/produce", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    (told,) = client.get("/v1/board").json()["lots"]
    price = f"{told['best']['after_transport_fen_per_kg'] / 100:.2f} by {told['best']['enterprise']['name']}"
    assert price in text_of(answer.text)
    assert f'href="/households/{households.with_plums}"' in answer.text
    assert 'href="/produce/lots/lot1"' in answer.text
    assert all(demand in answer.text for demand in ("demand1", "demand2"))


def test_the_board_speaks_chinese(client: TestClient) -> None:
    answer = client.get("/produce", headers={"Accept-Language": "zh"})
    assert answer.headers["content-language"] == "zh"
    assert "产销对接" in text_of(answer.text)
    assert "青梅" in text_of(answer.text)
    assert "still wanted" not in answer.text


def test_each_week_of_a_product_is_a_link_that_keeps_the_filters(client: TestClient) -> None:
    html = client.get("/produce?area=350624&product=green_plum").text
    links = re.findall(r'<a href="(/produce\?[^"]*week=[^"]*)" aria-labelledby', html)
    assert links
    assert all("area=350624" in link and "product=green_plum" in link for link in links)
    assert client.get(links[0].replace("&amp;", "&")).status_code == 200


def test_the_filters_are_filled_in_again(client: TestClient) -> None:
    html = client.get("/produce?area=350624&product=green_plum").text
    assert 'name="area" value="350624"' in html
    assert '<option value="green_plum" selected>' in html
    # Empty fields of the form count as left out.
    assert client.get("/produce?area=&product=&week=").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("product=tea", "Look at more than this place, product and week."),
        ("day=2030-01-01", "See the board of that day"),
    ],
)
def test_an_empty_board_says_what_to_do_next(client: TestClient, query: str, words: str) -> None:
    shown = text_of(client.get(f"/produce?{query}", headers={"Accept-Language": "en"}).text)
    assert "Nothing is on offer and nothing is wanted." in shown
    assert words in shown


def test_a_lot_shows_its_buyers_and_why_the_others_cannot(client: TestClient) -> None:
    shown = text_of(client.get("/produce/lots/lot1", headers={"Accept-Language": "en"}).text)
    (told,) = client.get("/v1/buyers/SupplyLot/lot1").json()["lots"]
    assert "One demand could take it." in shown
    assert f"{told['buyers'][0]['way']['after_transport_fen_per_kg'] / 100:.2f}" in shown
    (refusal,) = told["refusals"]
    assert all(reason["text_en"] in shown for reason in refusal["reasons"])


def test_a_lot_is_downloaded_in_the_forms_of_the_api(client: TestClient) -> None:
    html = client.get("/produce/lots/lot1").text
    found = {link.replace("&amp;", "&") for link in re.findall(r'href="(/v1/buyers/[^"]*)"', html)}
    assert {link.rpartition("=")[2] for link in found} == {"xlsx", "csv", "json"}
    assert {client.get(link).status_code for link in found} == {200}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/produce/lots/nothing", 404), ("/produce?week=2026-W54", 422), ("/produce?area=1", 404), ("/produce?x=1", 422)],
)
def test_what_cannot_be_shown_is_a_page_that_says_so(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "<h1" in answer.text


@pytest.mark.parametrize("address", ["/produce", "/produce/lots/lot1", "/produce?product=tea"])
def test_nothing_on_the_pages_needs_a_style_or_script_of_its_own(client: TestClient, address: str) -> None:
    html = client.get(address).text
    assert re.findall(r'\sstyle="|<style|\son[a-z]+="|<script(?! src="/static/)', html) == []
