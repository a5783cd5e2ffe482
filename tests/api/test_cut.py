"""The routes of the cut: the cheapest help for a household, and what a budget could cut in an area."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from analysis.questions.cut import AreaLimits
from api.routers import cut
from loaders.workspace import Workspace
from tests.api.small_ledger import Households

AREA = "/v1/cut/area/350624"


@pytest.fixture
def path(households: Households) -> str:
    return f"/v1/cut/household/{households.with_plums}"


def test_a_household_is_told_the_cheapest_help(client: TestClient, path: str) -> None:
    answer = client.get(path)
    body = answer.json()
    assert (answer.status_code, body["version"], body["network_version"]) == (
        200,
        "cut-household/1",
        client.app.state.keeper.risk_model.version,  # type: ignore[attr-defined] # of the application
    )
    assert body["cut"]["level"] == 0.3
    assert body["cut"]["plan"] or body["cut"]["lowest"]
    assert "notice_score_not_decision" in [each["code"] for each in body["notices"]]


def test_another_level_may_be_asked_for(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?level=1").json()["cut"]["is_under_already"]


@pytest.mark.parametrize("level", ["0", "2", "nan", "low"])
def test_a_level_that_is_no_risk_is_refused(client: TestClient, path: str, level: str) -> None:
    answer = client.get(f"{path}?level={level}")
    assert answer.status_code == 422
    assert "level" in answer.json()["detail"]


def test_what_a_server_does_not_show_is_summed(
    client: TestClient, client_of: Callable[..., TestClient], workspace: Workspace, path: str
) -> None:
    asked = f"{path}?level=0.02"
    kept = client.get(asked).json()["cut"]
    shown = client_of(workspace, shows_sensitive=True).get(asked).json()["cut"]
    part, whole = (each["plan"] or each["lowest"] for each in (kept, shown))
    # H02 is found there, and leads to H07, on which B03 and B04 act.
    assert {"B03", "B04"} & {each["code"] for each in whole["measures"]}
    assert not {"B03", "B04"} & {each["code"] for each in part["measures"]}
    assert (part["cost_fen"], part["risk"], whole["hidden"]) == (whole["cost_fen"], whole["risk"], None)


def test_an_area_is_told_no_household(client: TestClient, households: Households) -> None:
    answer = client.get(f"{AREA}?budget_fen=5000000&programmes=true")
    body = answer.json()
    assert (answer.status_code, body["version"]) == (200, "cut-area/1")
    assert body["plan"]["household_count"] == 2
    assert body["plan"]["spent_fen"] <= 5_000_000
    assert body["programmes"]["budget_fen"] == 5_000_000
    assert households.with_plums not in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (AREA, 422),
        (f"{AREA}?budget_fen=-1", 422),
        (f"{AREA}?budget_fen=0&most=5", 422),
        (f"{AREA}?budget_fen=0&most=0", 422),
        ("/v1/cut/area/000000?budget_fen=0", 404),
        ("/v1/cut/household/nobody", 404),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, asked: str, status: int) -> None:
    answer = client.get(asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_area_of_too_many_households_is_sent_to_the_terminal(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "LIMITS", AreaLimits(two=1))
    answer = client.get(f"{AREA}?budget_fen=0", headers={"Accept-Language": "zh"})
    assert (answer.status_code, answer.json()["code"]) == (422, "cut_area_too_large")
    assert "plumline cut --area 350624" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "header"),
    [
        ("{path}?format=csv", "方案,代码,措施,类别,作用对象,费用（元）,缺此项时风险"),
        ("{path}?format=csv&table=cut_not_offered", "代码,措施,原因说明"),
        (AREA + "?budget_fen=5000000&format=csv", "代码,措施,类别,户数,须先核实（户）,费用（元）,减少返贫（户）"),
        (AREA + "?budget_fen=5000000&programmes=true&format=csv&table=cut_programmes", "代码,措施,类别,入选,户数"),
    ],
)
def test_tables_have_their_columns_in_the_language_of_the_asker(
    client: TestClient, path: str, asked: str, header: str
) -> None:
    answer = client.get(asked.format(path=path), headers={"Accept-Language": "zh"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").startswith(header)


@pytest.mark.parametrize("asked", ["{path}?format=xlsx", AREA + "?budget_fen=5000000&programmes=true&format=xlsx"])
def test_a_workbook_holds_every_table(client: TestClient, path: str, asked: str) -> None:
    answer = client.get(asked.format(path=path))
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_a_table_that_was_not_asked_for_is_not_there(client: TestClient) -> None:
    answer = client.get(f"{AREA}?budget_fen=0&format=csv&table=cut_programmes")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_table")
