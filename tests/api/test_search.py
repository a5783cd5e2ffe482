"""The route of search, and its page: as a whole, as a list under the field at the top, and by register number."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from tests.api.small_ledger import Households

SCRIPT = {"HX-Request": "true"}


def test_an_area_is_found_by_a_part_of_its_name(client: TestClient) -> None:
    body = client.get("/v1/search", params={"q": "青梅"}).json()
    assert (body["version"], body["as_of"]) == ("search/1", "2026-05-20")
    groups = {group["kind"]: [hit["id"] for hit in group["hits"]] for group in body["groups"]}
    assert groups["Area"] == ["350624101201"]
    assert "green_plum" in groups["Product"]


def test_one_kind_alone_may_be_asked_for(client: TestClient) -> None:
    body = client.get("/v1/search", params={"q": "3506", "kind": "Area", "limit": 2}).json()
    (group,) = body["groups"]
    assert (group["kind"], [hit["id"] for hit in group["hits"]], group["has_more"]) == (
        "Area",
        ["350624", "350624101"],
        True,
    )


def test_a_household_is_found_by_its_pseudonym_and_never_by_its_number(
    client: TestClient, households: Households
) -> None:
    found = client.get("/v1/search", params={"q": households.other[:9]}).json()
    assert [hit["id"] for group in found["groups"] for hit in group["hits"]] == [households.other]
    assert client.get("/v1/search", params={"q": "1001"}).json()["groups"] == []


@pytest.mark.parametrize(
    "query", ["", "q=", "q=a&kind=Person", "q=a&limit=0", "q=a&limit=101", "q=a&name=b", "q=" + "a" * 101]
)
def test_what_cannot_be_looked_for_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/v1/search?{query}")
    # A text without letters finds nothing; all else is a fault.
    assert answer.status_code == (200 if query == "q=" else 422)


def test_the_page_leads_to_what_was_found(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "青梅"})
    assert answer.status_code == 200
    assert 'href="/areas/350624101201"' in answer.text
    assert 'value="青梅"' in answer.text
    assert "HX-Request" in answer.headers["vary"]


def test_the_script_gets_the_list_alone(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "青梅"}, headers=SCRIPT)
    assert "<html" not in answer.text
    assert 'href="/areas/350624101201"' in answer.text
    assert "HX-Request" in answer.headers["vary"]
    assert "Nothing fits" in client.get("/search", params={"q": "zzz"}, headers=SCRIPT).text


def test_a_text_that_finds_nothing_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "<script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "Try a shorter part of the name" in answer.text
    assert "<script>alert" not in answer.text


def test_a_register_number_leads_to_the_household_and_stands_in_no_address_and_no_log(
    client: TestClient, households: Households, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/search", data={"number": " 1001 "}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/households/{households.with_plums}")
    assert "1001" not in caplog.text.replace(households.with_plums, "")


def test_an_unknown_register_number_is_a_page_that_says_so(client: TestClient) -> None:
    answer = client.post("/search", data={"number": "9999"})
    assert answer.status_code == 404
    assert "No household with this register number is known." in answer.text
    assert "9999" not in answer.text
