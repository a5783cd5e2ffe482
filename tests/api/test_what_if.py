"""The routes and the pages of what-if, on one county with a village and two households; 1001 offers a lot of plums."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from api.scenario_fields import ScenarioFields
from graph_schema import load_schema
from policy.scenarios import load_scenarios
from tests.api.small_ledger import Households

PRICE = "/v1/what-if/scenario/price_down?product=green_plum&share=0.5"


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_name_that_a_scenario_has_for_a_parameter_may_be_given() -> None:
    named = {each.name for scenario in load_scenarios(load_schema()).values() for each in scenario.parameters}
    assert named == set(ScenarioFields.model_fields) - {"after"}


def test_the_scenarios_are_listed_with_their_forms(client: TestClient) -> None:
    body = client.get("/v1/what-if/scenarios").json()
    assert body["version"] == "scenarios/1"
    price = next(each for each in body["scenarios"] if each["code"] == "price_down")
    assert [(each["code"], each["holds"], each["is_required"]) for each in price["parameters"]] == [
        ("product", "node", True),
        ("share", "share", True),
    ]
    lines = rows_of(client.get("/v1/what-if/scenarios?format=csv").content)
    assert ("price_down", "share") in {(row["Code of the scenario"], row["To be given as"]) for row in lines}


def test_a_price_that_falls_reaches_the_household_that_sells(client: TestClient, households: Households) -> None:
    body = client.get(PRICE).json()
    assert (body["household_count"], body["reached_count"], body["touched_count"]) == (2, 1, 1)
    assert (body["level"], body["asked"]["area"]) == (0.3, None)
    (place,) = body["places"]
    assert (place["area_id"], place["household_count"], place["touched_count"]) == ("350624101201", 2, 1)
    assert body["after"]["expected_returns"] == pytest.approx(place["expected_after"])
    for row in body["crossing"]["rows"]:
        assert (row["household_id"], row["crosses"]) == (households.with_plums, "upward")
    (line,) = rows_of(client.get(f"{PRICE}&format=csv").content)
    assert (line["Area code"], line["Households touched"]) == ("350624101201", "1")
    totals = client.get(f"{PRICE}&format=csv&table=scenario_totals", headers={"Accept-Language": "zh"})
    assert "预期返贫户数" in totals.content.decode("utf-8-sig")
    assert client.get(f"{PRICE}&format=xlsx").content.startswith(b"PK")


def test_a_household_is_told_before_and_after(client: TestClient, households: Households) -> None:
    address = f"/v1/what-if/household/{households.other}"
    body = client.get(f"{address}?confirm=M01:0.6&strength=K50=0.3&give=B36").json()
    # Nothing is found at 1002: 1 - 0.9941 x 0.994609, worked on the page about decision 15.
    assert body["before"]["with_help"] == pytest.approx(0.011260, abs=1e-6)
    # M01 of severity 0.6 by a link of 0.3: 0.7 to the power of 0.6 is 0.807344.
    assert body["after"]["with_help"] == pytest.approx(1 - 0.9941 * 0.807344 * 0.994609, abs=1e-6)
    assert [(each["kind"], each["code"]) for each in body["changes"]] == [
        ("confirmed", "M01"),
        ("given", "B36"),
        ("strength", "K50"),
    ]
    unchanged = client.get(address).json()
    assert unchanged["before"] == unchanged["after"] == body["before"]
    table = rows_of(client.get(f"{address}?confirm=M01&format=csv&table=what_if_changes").content)
    assert [(row["Code"], row["What changed"]) for row in table] == [("M01", "confirmed")]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/what-if/scenario/meteor", 422, "scenario_unknown"),
        ("/v1/what-if/scenario/price_down?product=green_plum", 422, "scenario_missing_parameter"),
        ("/v1/what-if/scenario/price_down?product=green_plum&share=2", 422, "scenario_share_out_of_range"),
        ("/v1/what-if/scenario/price_down?product=green_plum&share=1&works=w1", 422, "scenario_unknown_parameter"),
        (f"{PRICE}&area=999999", 404, "unknown_subject"),
        (f"{PRICE}&household=h1", 422, None),
        ("/v1/what-if/scenario/programme_ends?programme=nowhere", 404, "unknown_subject"),
        ("/v1/what-if/household/h0?confirm=M01", 404, "risk_households_unknown"),
        ("/v1/what-if/household/h0?give=B99", 422, "risk_measure_unknown"),
        ("/v1/what-if/household/h0?confirm=H01:0.8", 403, "sensitive_what_if"),
        ("/v1/what-if/household/h0?strength=K50", 422, None),
        ("/v1/what-if/household/h0?confirm=M01&area=350624", 422, None),
    ],
)
def test_what_is_wrong_is_a_problem_in_both_languages(
    client: TestClient, address: str, status: int, code: str | None
) -> None:
    for language in ("en", "zh"):
        answer = client.get(address, headers={"Accept-Language": language})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert code is None or answer.json()["code"] == code
        assert "zh=" not in answer.json()["detail"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_a_form_for_each_scenario(client: TestClient, language: str) -> None:
    html = client.get("/scenarios", headers={"Accept-Language": language}).text
    for scenario in load_scenarios(load_schema()).values():
        assert f'action="/scenarios/{scenario.code}"' in html
        assert (scenario.label.zh if language == "zh" else scenario.label.en) in text_of(html)
    assert re.search(r'<option value="green_plum"', html)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_scenario_is_shown_before_and_after(client: TestClient, language: str) -> None:
    body = client.get(PRICE).json()
    answer = client.get("/scenarios/price_down?product=green_plum&share=0.5", headers={"Accept-Language": language})
    assert answer.status_code == 200
    shown = text_of(answer.text)
    assert f"{body['before']['expected_returns']:,.1f} → {body['after']['expected_returns']:,.1f}" in shown
    assert f"{body['depth']['mean_change']:+.3f}" in shown
    assert body["published"][0][f"text_{language}"] in shown
    assert body["asked"]["says"][f"text_{language}"] in shown
    assert answer.text.count("<svg") > 1
    # What was filled in stands in the form again, so that it can be changed.
    assert re.search(r'<option value="green_plum" selected>', answer.text)
    assert 'name="share" value="0.5"' in answer.text


def test_nothing_filled_in_and_what_is_wrong_are_told_above_the_form(client: TestClient) -> None:
    empty = client.get("/scenarios/price_down")
    assert empty.status_code == 200
    assert "Nothing was filled in yet." in text_of(empty.text)
    wrong = client.get("/scenarios/price_down?product=green_plum&share=2")
    assert wrong.status_code == 422
    assert "share by which the price falls is 2" in text_of(wrong.text)
    assert 'name="share" value="2"' in wrong.text
    nowhere = client.get("/scenarios/drought?area=999999")
    assert nowhere.status_code == 404
    assert 'role="alert"' in nowhere.text
    assert client.get("/scenarios/meteor").status_code == 422


def test_a_place_may_be_asked_for_by_its_name(client: TestClient) -> None:
    answer = client.get("/scenarios/drought?area=诏安县&severity=0.8", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/scenarios/drought?area=350624&severity=0.8")
