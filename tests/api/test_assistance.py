"""The route of the planner's question and its page, on the small ledger: one of two households has unsold plums."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import networkx as nx
import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households, load

PATH = "/v1/assistance"


class Seen(HTMLParser):
    """What a test looks at on a page: ids, where links lead, options by the name of their field, and bare tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.options: dict[str, list[str]] = {}
        self.attributes: set[str] = set()
        self._field = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.attributes |= set(found)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag == "select":
            self._field = str(found["name"])
            self.options[self._field] = []
        if tag == "option":
            self.options[self._field].append(str(found["value"]))


def test_who_is_left_out_is_counted_and_listed(client: TestClient, households: Households) -> None:
    body = client.get(PATH).json()
    assert body["version"] == "assistance/1"
    assert [body["counts"][name] for name in ("households", "with_finding", "with_help", "without_help")] == [
        2,
        1,
        0,
        1,
    ]
    left_out = client.get(PATH, params={"help": "without"}).json()
    (row,) = left_out["households"]["rows"]
    assert (row["household_id"], row["missing_link"], row["help"]) == (households.with_plums, "cooperative", [])
    # Unsold produce is shown, the chronic illness is only counted.
    assert ([cause["cause"]["id"] for cause in row["causes"]], row["hidden_cause_count"]) == (["M02"], 1)


def test_filters_narrow_what_is_asked(client: TestClient, households: Households) -> None:
    body = client.get(PATH, params={"cause": "M02", "area": "350624"}).json()
    assert (body["asked"]["cause"]["name_zh"], body["asked"]["area"]["id"]) == ("产品滞销", "350624")
    assert [row["household_id"] for row in body["households"]["rows"]] == [households.with_plums]
    # A buyer for processing works against unsold produce.
    assert client.get(PATH, params={"measure": "B38"}).json()["counts"]["without_help"] == 1


def test_households_are_read_page_by_page(client: TestClient, households: Households) -> None:
    first = client.get(PATH, params={"limit": 1}).json()["households"]
    rest = client.get(PATH, params={"limit": 1, "after": first["next_after"]}).json()["households"]
    assert [row["household_id"] for row in (*first["rows"], *rest["rows"])] == sorted(households)
    assert rest["next_after"] is None


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("cause=H02", 403, "sensitive_cause_asked"),
        # Medical aid works against the cost of an illness.
        ("measure=B03", 403, "sensitive_measure_asked"),
        ("area=999999", 404, "unknown_subject"),
        ("programme=none", 404, "unknown_subject"),
        ("help=maybe", 422, "bad_parameters"),
        ("limit=0", 422, "bad_parameters"),
        ("village=1", 422, "bad_parameters"),
        ("format=pdf", 422, "bad_parameters"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, query: str, status: int, code: str) -> None:
    answer = client.get(f"{PATH}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_server_that_may_answers_a_sensitive_filter(
    client_of: Callable[..., TestClient], workspace: Workspace, households: Households
) -> None:
    body = client_of(workspace, shows_sensitive=True).get(PATH, params={"cause": "H02"}).json()
    assert [row["household_id"] for row in body["households"]["rows"]] == [households.with_plums]
    assert body["hidden_count"] == 0


def test_a_load_made_elsewhere_is_counted_from_then_on(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    client = client_of(workspace)
    assert client.get(PATH, params={"cause": "M02"}).json()["counts"]["households"] == 1
    load(workspace, "later")
    give_up_at = time.monotonic() + 30
    while (found := client.get(PATH, params={"cause": "M02"}).json()["counts"]["households"]) != 2:
        assert time.monotonic() < give_up_at, found
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("node-link", "application/vnd.plumline.node-link+json"),
        ("graphml", "application/graphml+xml"),
        ("svg", "image/svg+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_the_answer_comes_in_every_form(client: TestClient, form: str, media_type: str) -> None:
    answer = client.get(PATH, params={"format": form})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert 'filename="assistance-all' in answer.headers["content-disposition"]


def test_graphs_drawings_and_tables_hold_the_same(client: TestClient) -> None:
    graph = nx.node_link_graph(client.get(PATH, params={"format": "node-link"}).json(), edges="edges")
    assert graph.nodes["Households"]["without_help_count"] == 1
    assert nx.parse_graphml(client.get(PATH, params={"format": "graphml"}).text).nodes["Households"] is not None
    chinese = {"Accept-Language": "zh"}
    # Our own drawing, without document type or entities.
    drawn = ElementTree.fromstring(client.get(f"{PATH}?format=svg&drawing=flow", headers=chinese).text)  # noqa: S314
    assert "缺合作社" in " ".join(drawn.itertext())
    tables = {
        name: client.get(PATH, params={"format": "csv", "table": name}).content.decode("utf-8-sig").splitlines()
        for name in ("assisted_households", "trunk_chains", "assisted_places")
    }
    assert [len(lines) for lines in tables.values()] == [3, 2, 2]
    assert tables["trunk_chains"][1].startswith("/////,no,cooperative")
    workbook = ZipFile(BytesIO(client.get(PATH, params={"format": "xlsx"}).content))
    assert "xl/worksheets/sheet4.xml" in workbook.namelist()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Of 2 households, 1 have an open finding", "unsold surplus", "1 not shown", "No cooperative")),
        ("zh", ("共 2 户：有原因认定 1 户", "产品滞销", "另有 1 项不显示", "缺合作社")),
    ],
)
def test_the_page_tells_in_both_languages(client: TestClient, language: str, said: tuple[str, ...]) -> None:
    page = client.get("/chains", params={"lang": language})
    assert page.status_code == 200
    for words in said:
        assert words in page.text
    client.cookies.clear()


def test_every_box_of_the_drawings_leads_to_something_on_the_page_or_to_a_page(client: TestClient) -> None:
    seen = Seen(client.get("/chains").text)
    inside = {link.removeprefix("#") for link in seen.links if link.startswith("#")}
    assert "chain-1" in inside
    assert inside <= set(seen.ids)
    assert len(seen.ids) == len(set(seen.ids))
    assert not {"style", "onclick", "onload"} & seen.attributes


def test_the_form_keeps_what_was_asked_and_offers_no_word_that_would_be_refused(client: TestClient) -> None:
    text = client.get("/chains?area=350624&cause=M02&help=without&programme=&measure=").text
    seen = Seen(text)
    assert {"H02", "H01"}.isdisjoint(seen.options["cause"])
    assert "B03" not in seen.options["measure"]
    assert re.search(r'<option value="M02" selected>', text)
    assert re.search(r'<option value="without" selected>', text)
    assert "/v1/assistance?area=350624&amp;cause=M02&amp;help=without&amp;format=graphml" in text


def test_a_page_without_anybody_says_what_to_do(client: TestClient) -> None:
    assert "Take away a filter" in client.get("/chains?cause=V01").text


@pytest.mark.parametrize(("query", "status"), [("area=999999", 404), ("cause=H02", 403), ("help=maybe", 422)])
def test_a_fault_on_the_page_is_a_page(client: TestClient, query: str, status: int) -> None:
    page = client.get(f"/chains?{query}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
