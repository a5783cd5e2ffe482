"""The route and the pages of an area's risk, on one county with a village and two households."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from analysis.risk.by_home import RiskByHome, risk_by_home
from api import kept_risk
from api.warming import Beside
from loaders.workspace import Workspace
from tests.api.small_ledger import Households, load
from tests.api.test_areas import text_of
from tests.api.test_warming import wait_for

VILLAGE, COUNTY = "350624101201", "350624"


def test_the_risk_of_an_area_sums_its_places(client: TestClient) -> None:
    body = client.get(f"/v1/risk/{COUNTY}").json()
    assert (body["version"], body["counts"]["household_count"], body["level"]) == ("risk/1", 2, 0.3)
    # One household has unsold plums and a sensitive cause, the other nothing.
    assert [each["code"] for each in body["causes"]] == ["M02"]
    assert body["hidden"]["cause_count"] == 1
    assert body["households"] == []
    (place,) = body["places"]
    assert place["counts"] == body["counts"]
    carried = body["causes"][0]["returns"] + body["hidden"]["returns"] + body["without_findings"]
    assert carried == pytest.approx(body["counts"]["returns"])


def test_households_are_listed_when_asked_for(client: TestClient, households: Households) -> None:
    first = client.get(f"/v1/risk/{COUNTY}?households=true&limit=1").json()
    assert [each["household_id"] for each in first["households"]] == [households.with_plums]
    assert (first["total"], first["next_after"]) == (2, households.with_plums)
    second = client.get(f"/v1/risk/{COUNTY}?households=true&limit=1&after={first['next_after']}").json()
    assert [each["household_id"] for each in second["households"]] == [households.other]
    assert second["next_after"] is None


def test_the_tables_carry_the_same_numbers(client: TestClient) -> None:
    body = client.get(f"/v1/risk/{COUNTY}").json()
    answer = client.get(f"/v1/risk/{COUNTY}?format=csv&table=risk_causes")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sum(float(row["Carries (expected returns)"]) for row in rows) == pytest.approx(body["counts"]["returns"])
    assert client.get(f"/v1/risk/{COUNTY}?format=xlsx&households=true").content.startswith(b"PK")
    assert client.get(f"/v1/risk/{COUNTY}?format=csv&table=risk_households").status_code == 404


def test_an_answer_that_the_asker_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(f"/v1/risk/{COUNTY}").headers["etag"]
    assert client.get(f"/v1/risk/{COUNTY}", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/risk/999", 404),
        (f"/v1/risk/{COUNTY}?above=2", 422),
        (f"/v1/risk/{COUNTY}?format=svg", 422),
        (f"/v1/risk/{COUNTY}?households=true&after=nobody", 404),
    ],
)
def test_what_cannot_be_told_is_a_problem(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_what_the_route_says(client: TestClient, households: Households, language: str) -> None:
    html = client.get(f"/areas/{COUNTY}/causes", headers={"Accept-Language": language}).text
    body = client.get(f"/v1/risk/{COUNTY}").json()
    text = text_of(html)
    assert f"{body['counts']['returns']:,.2f}" in text
    assert f"{body['causes'][0]['returns']:,.2f}" in text
    assert f'href="/households/{households.with_plums}/why"' in html
    assert f'href="/areas/{COUNTY}?cause=M02#households"' in html
    assert f'href="/areas/{VILLAGE[:9]}/causes"' in html
    assert "H02" not in html
    assert f'href="/areas/{COUNTY}/causes"' in client.get(f"/areas/{COUNTY}").text


def test_a_budget_is_a_page_of_its_own_and_a_part_of_the_page(client: TestClient) -> None:
    address = f"/areas/{COUNTY}/causes/budget?budget=1000&most=1"
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    plan = client.get(f"/v1/cut/area/{COUNTY}?budget_fen=100000&most=1").json()["plan"]
    for answer in (whole, part):
        assert answer.status_code == 200
        assert f"{plan['prevented']:,.2f}" in answer.text
    assert "<html" in whole.text
    assert "<html" not in part.text
    refused = client.get(f"/areas/{COUNTY}/causes/budget?budget=-1", headers={"accept": "text/html"})
    assert refused.status_code == 422


def test_nothing_kept_and_nobody_there_are_said(client: TestClient) -> None:
    assert "No risks were kept" in text_of(client.get(f"/areas/{COUNTY}/causes?changes=yes").text)
    empty = client.get("/areas/445200/causes")
    assert empty.status_code == 200
    assert "Nobody lives here" in text_of(empty.text)
    assert client.get("/areas/999/causes", headers={"accept": "text/html"}).status_code == 404


def test_risks_are_computed_before_anybody_asks_and_once_for_each_graph(
    client_of: Callable[..., TestClient], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[RiskByHome] = []

    def noted(*asked: object, **how: object) -> RiskByHome:
        made.append(risk_by_home(*asked, **how))  # type: ignore[arg-type] # what was asked
        return made[-1]

    monkeypatch.setattr(kept_risk, "risk_by_home", noted)
    client = client_of(workspace)
    wait_for(lambda: len(made) == 1)
    before = client.get(f"/v1/risk/{COUNTY}").json()["counts"]["returns"]
    assert len(made) == 1
    load(workspace, "later")
    wait_for(lambda: len(made) == 2)
    # The load finds a cause at the second household.
    assert client.get(f"/v1/risk/{COUNTY}").json()["counts"]["returns"] > before
    assert len(made) == 2


def test_who_asks_while_the_risks_are_made_is_told_to_come_back(
    client_of: Callable[..., TestClient], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()

    def slow(*asked: object, **how: object) -> RiskByHome:
        may_go.wait(20)
        return risk_by_home(*asked, **how)  # type: ignore[arg-type] # what was asked

    monkeypatch.setattr(kept_risk, "risk_by_home", slow)
    monkeypatch.setattr(kept_risk, "PATIENCE_SECONDS", 0.05)
    client = client_of(workspace)
    wait_for(lambda: client.app.state.risks._making.locked())  # type: ignore[attr-defined] # the application
    answer = client.get(f"/v1/risk/{COUNTY}")
    assert (answer.status_code, answer.json()["code"]) == (503, "risks_being_made")
    assert "retry-after" in answer.headers
    may_go.set()
    wait_for(lambda: client.get(f"/v1/risk/{COUNTY}").status_code == 200)


def test_of_what_waits_only_the_last_is_done_and_a_fault_stops_nothing() -> None:
    beside, done = Beside(), []
    may_go, has_begun = threading.Event(), threading.Event()

    def first() -> None:
        has_begun.set()
        may_go.wait(20)
        done.append("first")
        raise ValueError

    beside.do(first)
    assert has_begun.wait(20)
    for name in ("second", "third"):
        beside.do(lambda name=name: done.append(name))  # type: ignore[misc] # what it does is its own
    may_go.set()
    wait_for(lambda: len(done) == 2)
    assert done == ["first", "third"]
