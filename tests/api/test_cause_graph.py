"""The route of the cause graph and its forms."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import networkx as nx
import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households

SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.fixture
def path(households: Households) -> str:
    return f"/v1/cause-graph/Household/{households.with_plums}"


def test_a_household_is_told_its_findings_without_the_sensitive_one(client: TestClient, path: str) -> None:
    body = client.get(path).json()
    assert [node["code"] for node in body["nodes"] if node["finding"]] == ["M02"]
    assert body["hidden_count"] > 0


def test_a_server_that_may_tells_the_sensitive_finding_too(
    client_of: Callable[..., TestClient], workspace: Workspace, path: str
) -> None:
    body = client_of(workspace, shows_sensitive=True).get(path).json()
    assert sorted(node["code"] for node in body["nodes"] if node["finding"]) == ["H02", "M02"]
    assert body["hidden_count"] == 0


def test_an_area_is_told_counts_and_no_household(client: TestClient, households: Households) -> None:
    answer = client.get("/v1/cause-graph/Area/350624")
    assert answer.json()["household_count"] == 2
    assert households.with_plums not in answer.text


def test_node_link_is_read_back_by_networkx(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=node-link")
    assert answer.headers["content-type"] == "application/vnd.plumline.node-link+json"
    graph = nx.node_link_graph(answer.json(), edges="edges")
    assert graph.nodes["M02"]["status"] == "confirmed"


def test_graphml_is_read_back_by_networkx(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=graphml")
    assert answer.headers["content-type"].startswith("application/graphml+xml")
    assert nx.parse_graphml(answer.text).nodes["M02"]["status"] == "confirmed"


def test_a_drawing_is_in_the_language_of_the_asker(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=svg", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-language"] == "zh"
    # Our own drawing, without document type or entities.
    assert ElementTree.fromstring(answer.content).tag == SVG  # noqa: S314
    assert "产品滞销" in answer.text


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("image/avif,image/svg+xml,image/*,*/*;q=0.8", "image/svg+xml"),
        ("application/graphml+xml", "application/graphml+xml"),
        ("application/json;q=0.1, application/vnd.plumline.node-link+json", "application/vnd.plumline.node-link+json"),
    ],
)
def test_without_a_form_in_the_address_the_accept_header_decides(
    client: TestClient, path: str, accept: str, content_type: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == content_type
    assert answer.headers["vary"] == "Accept, Accept-Language"


def test_the_form_in_the_address_wins_over_the_accept_header(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=json", headers={"Accept": "image/svg+xml"})
    assert answer.headers["content-type"] == "application/json"
