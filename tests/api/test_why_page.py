"""The page of a household's risk, asked without a browser: the same numbers as the API, and nothing that is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from analysis.drawing.values import strength_number
from api.pages.words import worded
from graph_schema import load_schema
from loaders.workspace import Workspace
from tests.api.small_ledger import Households

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}


@pytest.fixture
def page(households: Households) -> str:
    return f"/households/{households.with_plums}/why"


@pytest.fixture
def explained(client: TestClient, households: Households) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/v1/explain/{households.with_plums}").json()
    return found


def text_of(client: TestClient, address: str, language: str = "en", status: int = 200) -> str:
    answer = client.get(address, headers={**HTML, "accept-language": language})
    assert answer.status_code == status
    return answer.text


def test_the_page_says_the_risk_the_level_and_that_a_score_is_no_decision(
    client: TestClient, page: str, explained: dict[str, object]
) -> None:
    text = text_of(client, page)
    risk, level = (strength_number(float(str(explained[name]))) for name in ("risk", "level"))
    assert worded("why.said", "en", state="poverty return", risk=risk) in text
    assert level in text
    assert "Nothing is decided about a household by a score alone" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_chains_stand_on_the_page_as_sentences_with_the_titles_of_their_sources(
    language: str, client: TestClient, page: str, households: Households
) -> None:
    answer = client.get(f"/v1/explain/{households.with_plums}").json()
    text = text_of(client, page, language).replace("&#39;", "'").replace("&#34;", '"')
    target = [chain for chain in answer["chains"] if chain["codes"][-1] == answer["target"]["code"]]
    assert target
    for chain in target:
        assert chain[f"sentence_{language}"] in text
    for link in answer["links"]:
        assert f'id="link-{link["link_id"]}"' in text
        for source in (*link["sources"], *link["opposing_sources"]):
            assert source["title"] in text


def test_every_box_and_arrow_of_the_picture_leads_to_a_place_of_the_page(client: TestClient, page: str) -> None:
    text = text_of(client, page)
    leads = set(re.findall(r'href="#((?:cause|link)-[^"]+)"', text))
    assert leads
    assert leads <= set(re.findall(r'id="([^"]+)"', text))


def test_no_address_of_the_page_is_there_twice(client: TestClient, page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', text_of(client, f"{page}?finding=M02%3Drefuted"))
    assert sorted(ids) == sorted(set(ids))


def test_what_if_shows_before_and_after_as_the_api_tells_them(
    client: TestClient, page: str, households: Households
) -> None:
    told = client.get(f"/v1/what-if/household/{households.with_plums}", params={"refute": "M02", "give": "B37"}).json()
    text = text_of(client, f"{page}?finding=M02%3Drefuted&finding=&give=B37&take=&day=&lang=")
    before, after = (strength_number(told[name]["with_help"]) for name in ("before", "after"))
    assert worded("why.result_falls", "en", before=before, after=after) in text
    assert f"/v1/what-if/household/{households.with_plums}?refute=M02&amp;give=B37&amp;format=json" in text
    # The form still holds what was asked, so that the next question can go on from it.
    assert re.search(r'<option value="M02=refuted" selected>', text)
    assert re.search(r'name="give" value="B37" checked', text)


def test_a_form_sent_as_it_is_supposes_nothing(client: TestClient, page: str) -> None:
    assert 'id="result"' not in text_of(client, f"{page}?finding=&finding=")


def test_what_cannot_be_supposed_is_said_above_the_form_and_the_page_stays(client: TestClient, page: str) -> None:
    text = text_of(client, f"{page}?finding=M02%3Drefuted&finding=M02%3Dconfirmed", status=422)
    assert 'class="fault"' in text
    assert 'id="findings"' in text
    assert 'id="result"' not in text


@pytest.mark.parametrize(
    "wrong", ["finding=M02", "finding=M02%3Dgone", "give=%3Cb%3E", "seen=O02", "finding=H02%3Drefuted"]
)
def test_a_wrong_supposition_is_refused(wrong: str, client: TestClient, page: str) -> None:
    assert client.get(f"{page}?{wrong}", headers=HTML).status_code in (403, 422)


def test_sensitive_causes_and_what_tells_of_them_are_counted_and_not_named(client: TestClient, page: str) -> None:
    text = text_of(client, page) + text_of(client, f"{page}/cut")
    # A chronic illness is found there.
    assert load_schema().causes["H02"].label.en not in text
    for cause in load_schema().causes.values():
        if cause.is_sensitive:
            assert f'-{cause.code}"' not in text
            assert f'"{cause.code}=' not in text
            assert f">{cause.code}<" not in text
    assert worded("why.hidden_row", "en", count=1) in text


def test_a_server_that_may_names_them(
    client_of: Callable[..., TestClient], workspace: Workspace, page: str, households: Households
) -> None:
    client = client_of(workspace, shows_sensitive=True)
    assert 'id="cause-H02"' in text_of(client, f"/households/{households.with_plums}/why")


def test_the_cut_is_a_page_of_its_own_and_a_part_for_the_page_that_is_open(client: TestClient, page: str) -> None:
    whole = text_of(client, f"{page}/cut")
    assert "<h1>" in whole
    part = client.get(f"{page}/cut", headers={**HTML, "HX-Request": "true"})
    assert "<h1>" not in part.text
    assert "HX-Request" in part.headers["vary"]
    told = client.get(page.replace("/households/", "/v1/cut/household/").removesuffix("/why")).json()["cut"]
    for text in (whole, part.text):
        assert str(told["text_en"]) in text.replace("&#39;", "'")


def test_the_cut_stands_behind_a_plain_link_where_no_script_fetches_it(client: TestClient, page: str) -> None:
    assert f'<a href="{page}/cut">' in text_of(client, page)


def test_a_household_of_which_nothing_is_found_says_so(client: TestClient, households: Households) -> None:
    answer = client.get(f"/v1/explain/{households.other}").json()
    assert answer["findings"] == []
    text = text_of(client, f"/households/{households.other}/why")
    assert worded("why.no_findings", "en") in text
    assert worded("why.no_chains", "en") in text or worded("why.only_hidden_chains", "en", count=1)[:10] in text


def test_nobody_has_no_page(client: TestClient) -> None:
    assert client.get("/households/nobody/why", headers=HTML).status_code == 404
    assert client.get("/households/nobody/why/cut", headers=HTML).status_code == 404


def test_the_page_of_the_household_leads_here(client: TestClient, page: str) -> None:
    assert f'href="{page}"' in text_of(client, page.removesuffix("/why"))
