"""The network of causes over HTTP and on its pages: the experts' values, what was learned beside them, what is used."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from starlette.testclient import TestClient

from analysis.learning.versions import LearnedNetwork
from api.app import create_app
from graph_schema import Schema
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.analysis.learning.kept import adopt, keep, learned_county
from tests.api.small_ledger import DAY, HERE, PATIENT, Households, caught_up

COUNTY, TOWN = "350624", "350624101"
EXPERTS = "vocabulary-1"
LEARNED = tuple(f"learned-{area}-{DAY}" for area in (COUNTY, TOWN))


@pytest.fixture(scope="module")
def learned(schema: Schema) -> LearnedNetwork:
    return learned_county(schema, COUNTY, DAY)


@pytest.fixture(scope="module")
def learned_folder(
    loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory, schema: Schema, learned: LearnedNetwork
) -> Path:
    """Return a data folder with a version of the county, to be in use a day after that of the graph, and of a town."""
    data = tmp_path_factory.mktemp("learned") / "data"
    shutil.copytree(loaded_folder, data)
    ledger = Workspace(Settings(data=data)).open_ledger()
    adopt(ledger, keep(ledger, schema, learned), DAY + timedelta(days=1))
    keep(ledger, schema, learned_county(schema, TOWN, DAY))
    return data


@pytest.fixture(scope="module")
def learned_client(learned_folder: Path) -> Iterator[TestClient]:
    app = create_app(Workspace(Settings(data=learned_folder)), today=lambda: DAY, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE) as shared:
        yield caught_up(shared)


def of(link: dict[str, Any], version_id: str) -> dict[str, Any]:
    """What a version says of a link."""
    return next(told for told in link["learned"] if told["version_id"] == version_id)


def test_every_cause_and_link_of_the_vocabulary_is_told_with_its_evidence(client: TestClient, schema: Schema) -> None:
    body = client.get("/v1/network").json()
    assert [node["code"] for node in body["nodes"]] == list(schema.causes)
    assert [link["link_id"] for link in body["links"]] == list(schema.links)
    told = next(link for link in body["links"] if link["link_id"] == "K26")
    assert (told["strength"], told["used_strength"], told["evidence_grade"]) == (0.4, 0.4, "C")
    assert [source["key"] for source in told["sources"]] == ["N34"]
    assert told["learned"] == []


def test_while_nothing_is_learned_the_answer_says_that_the_values_are_the_experts(client: TestClient) -> None:
    body = client.get("/v1/network").json()
    assert (body["network_version"], body["is_learned"], body["in_use"]) == (EXPERTS, False, EXPERTS)
    assert [each["code"] for each in body["notices"]] == ["notice_network_nothing_learned"]
    page = client.get("/network/K26", headers={"Accept-Language": "en"}).text
    assert "expert&#39;s starting value, not learned" in page or "expert's starting value, not learned" in page


def test_the_graph_is_read_back_by_networkx(client: TestClient, schema: Schema) -> None:
    told = nx.node_link_graph(client.get("/v1/network?format=node-link").json(), edges="edges")
    drawn = nx.parse_graphml(client.get("/v1/network?format=graphml").text)
    for graph in (told, drawn):
        assert (set(graph.nodes), graph.number_of_edges()) == (set(schema.causes), len(schema.links))
        assert graph.edges["E02", "O02"]["strength"] == 0.4


def test_the_drawing_has_a_box_for_every_cause(client: TestClient, schema: Schema) -> None:
    text = client.get("/v1/network?format=svg").text
    ElementTree.fromstring(text)  # noqa: S314 - our own drawing
    assert all(re.search(rf"\b{code}\b", text) for code in schema.causes)


def test_the_tables_hold_a_row_for_every_link(client: TestClient, schema: Schema) -> None:
    text = client.get("/v1/network?format=csv").content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == len(schema.links) + 1
    assert client.get("/v1/network?format=csv&table=network_learned").status_code == 404


def test_what_was_learned_stands_beside_the_experts_and_is_not_in_use_before_its_day(
    learned_client: TestClient, learned: LearnedNetwork
) -> None:
    body = learned_client.get("/v1/network").json()
    assert (body["in_use"], body["is_made_up"]) == (EXPERTS, True)
    assert {row["version_id"] for row in body["versions"]} == {EXPERTS, *LEARNED}
    assert learned_client.get("/v1/network/versions").json()["versions"] == body["versions"]
    for link in body["links"]:
        report, told = learned.report.link(link["link_id"]), of(link, LEARNED[0])
        assert (link["used_strength"], told["verdict"]) == (link["strength"], report.verdict.value)
        if report.low is not None and told["low"] is not None:
            assert told["low"] == pytest.approx(report.low, abs=1e-6)


def test_counts_under_ten_are_told_as_such(learned_client: TestClient, learned: LearnedNetwork) -> None:
    for link in learned_client.get("/v1/network").json()["links"]:
        came = learned.report.link(link["link_id"]).used_came
        told = of(link, LEARNED[0])["came"]
        assert told == {"number": None if 0 < came < 10 else came, "is_under_ten": 0 < came < 10, "is_hidden": False}


def test_counts_of_sensitive_causes_of_a_town_are_not_shown(learned_client: TestClient) -> None:
    links = learned_client.get("/v1/network").json()["links"]
    sensitive = [link for link in links if link["is_sensitive"]]
    assert sensitive
    for link in links:
        told = of(link, LEARNED[1])
        assert told["exposed"]["is_hidden"] == link["is_sensitive"]
        if link["is_sensitive"]:
            assert (told["data_share"], told["low"], told["data_low"]) == (None, None, None)


def test_the_page_of_a_link_draws_the_interval_of_each_version(learned_client: TestClient) -> None:
    page = learned_client.get("/network/K26", headers={"Accept-Language": "en"}).text
    assert all(f'<th scope="row">{version}</th>' in page for version in LEARNED)
    assert page.count("<circle") == 1 + len(LEARNED)


def test_a_version_that_is_adopted_is_the_one_that_answers_name(
    client_of: Callable[..., TestClient], learned_folder: Path, tmp_path: Path, households: Households
) -> None:
    workspace = Workspace(Settings(data=Path(shutil.copytree(learned_folder, tmp_path / "adopted"))))
    adopt(workspace.open_ledger(), LEARNED[0], DAY)
    client = caught_up(client_of(workspace, shows_sensitive=True))
    network = client.get("/v1/network").json()
    explained = client.get(f"/v1/explain/{households.with_plums}").json()
    assert (network["in_use"], network["network_version"], network["is_learned"]) == (LEARNED[0], LEARNED[0], True)
    assert (explained["network_version"], explained["is_learned"]) == (LEARNED[0], True)
    assert client.get(f"/v1/network?version={EXPERTS}").json()["is_learned"] is False
    # This server may show what is sensitive.
    assert not any(told["exposed"]["is_hidden"] for link in network["links"] for told in link["learned"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/network?version=nobody", 404),
        ("/v1/network?form=json", 422),
        ("/network/K99", 404),
        ("/network?dimension=Q", 422),
        ("/network?version=nobody", 404),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("", 79),
        # By hand, from links.yaml: those that begin or end at M02, and those with a source against them.
        ("?cause=E02", 2),
        ("?evidence=opposed", 2),
        ("?acts=definition", 7),
        ("?dimension=H&state=O05&evidence=B&acts=definition", 0),
    ],
)
def test_the_filter_of_the_page_is_its_address(client: TestClient, query: str, links: int) -> None:
    page = client.get(f"/network{query}", headers={"Accept-Language": "en"}).text
    table = page.partition('<h2 id="links">')[2].partition("</table>")[0]
    assert len(re.findall(r'<th scope="row"><a href="/network/K', table)) == links
    assert f"{links} of 79 links are shown." in page


def test_the_page_of_a_link_that_is_opposed_tells_what_found_the_opposite(client: TestClient) -> None:
    opposed = next(link for link in client.get("/v1/network").json()["links"] if link["opposing_sources"])
    page = client.get(f"/network/{opposed['link_id']}", headers={"Accept-Language": "zh"}).text
    assert opposed["opposing_sources"][0]["key"] in page.partition('<h2 id="opposite">')[2].partition("<h2")[0]
