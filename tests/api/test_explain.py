"""The route that explains why a household is at risk, on a village of two."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import networkx as nx
import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households


@pytest.fixture
def path(households: Households) -> str:
    return f"/v1/explain/{households.with_plums}"


def test_a_household_is_told_its_risk_and_what_adds_to_it(client: TestClient, path: str) -> None:
    body = client.get(path, params={"day": "2026-05-30"}).json()
    assert (body["version"], body["as_of"], body["network_version"]) == ("explain/1", "2026-05-30", "vocabulary-1")
    assert [found["code"] for found in body["findings"]] == ["M02"]
    # The chronic illness is counted and not named.
    assert (body["hidden_count"], body["hidden_findings"]["count"]) == (1, 1)
    added = sum(found["shapley"] for found in body["findings"]) + body["hidden_findings"]["shapley"]
    assert added == pytest.approx(body["risk"] - body["risk_without"], abs=1e-9)
    assert "H02" not in client.get(path).text


def test_a_server_that_may_tells_the_sensitive_finding_too(
    client_of: Callable[..., TestClient], workspace: Workspace, path: str
) -> None:
    body = client_of(workspace, shows_sensitive=True).get(path).json()
    assert sorted(found["code"] for found in body["findings"]) == ["H02", "M02"]
    assert (body["hidden_count"], body["hidden_findings"]) == (0, None)


def test_what_is_seen_changes_what_lies_behind_and_not_the_risk(client: TestClient, path: str) -> None:
    plain, seen = client.get(path).json(), client.get(path, params={"seen": ["O02=yes", "O03=no"]}).json()
    assert seen["risk"] == plain["risk"]
    assert [(each["code"], each["is_there"], each["is_held"]) for each in seen["behind"]["seen"]] == [
        ("O02", True, False),
        ("O03", False, False),
    ]
    assert seen["behind"]["causes"] != plain["behind"]["causes"]


@pytest.mark.parametrize(
    ("seen", "status", "code"),
    [
        (["O02=perhaps"], 422, "bad_parameters"),
        (["O02=yes", "O02=no"], 422, "why_seen_misread"),
        (["X99=yes"], 422, "risk_unknown_code"),
        (["H02=no"], 403, "sensitive_cause_asked"),
        (["M02=no"], 422, "risk_findings_cannot_happen"),
    ],
)
def test_what_cannot_be_seen_is_a_problem(
    client: TestClient, path: str, seen: list[str], status: int, code: str
) -> None:
    answer = client.get(path, params={"seen": seen})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_household_that_is_not_there_is_a_problem_in_both_languages(client: TestClient) -> None:
    english = client.get("/v1/explain/nobody")
    chinese = client.get("/v1/explain/nobody", headers={"Accept-Language": "zh"})
    assert (english.status_code, english.json()["code"]) == (404, "unknown_subject")
    assert "没有编号为 nobody 的" in chinese.json()["detail"]


def test_the_findings_are_handed_out_as_a_table_with_one_row_for_what_is_not_shown(
    client: TestClient, path: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{path}?format=csv").content.decode("utf-8-sig"))))
    assert [row["Code"] for row in rows] == ["M02", ""]
    assert client.get(f"{path}?format=xlsx").content.startswith(b"PK")
    assert client.get(f"{path}?format=csv&table=why_changes").status_code == 404


@pytest.mark.parametrize("form", ["node-link", "graphml"])
def test_the_graph_holds_chances_and_the_strengths_at_the_household(client: TestClient, path: str, form: str) -> None:
    answer = client.get(f"{path}?format={form}")
    graph = nx.node_link_graph(answer.json(), edges="edges") if form == "node-link" else nx.parse_graphml(answer.text)
    body = client.get(path).json()
    assert graph.nodes["M02"]["status"] == "confirmed"
    assert graph.nodes["O06"]["chance"] == pytest.approx(body["risk"], abs=1e-9)
    assert {(start, end): data["household_strength"] for start, end, data in graph.edges(data=True)} == {
        (link["from_code"], link["to_code"]): link["household_strength"] for link in body["links"]
    }


def test_the_drawing_is_in_the_language_of_the_asker(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=svg", headers={"Accept-Language": "zh"})
    assert (answer.headers["content-type"].partition(";")[0], answer.headers["content-language"]) == (
        "image/svg+xml",
        "zh",
    )
    assert "产品滞销" in answer.text


def test_what_can_take_long_is_told_only_when_it_is_asked_for(client: TestClient, path: str) -> None:
    plain, asked = client.get(path).json(), client.get(path, params={"cut": True, "change": True}).json()
    assert plain["cut"] is None
    assert asked["cut"]["risk"] == pytest.approx(plain["risk"], abs=1e-9)
    # Nothing was ever kept.
    assert asked["changed_since"] is None


def test_who_has_the_answer_already_is_told_so(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
