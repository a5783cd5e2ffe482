"""The routes and the pages of areas, on one county with a village and two households."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households, load

VILLAGE = "350624101201"


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def test_an_area_tells_its_households_by_cause_and_by_help(client: TestClient) -> None:
    body = client.get("/v1/areas/350624").json()
    assert (body["version"], body["asked"]["name_zh"], body["as_of"]) == ("area/1", "诏安县", "2026-05-20")
    # 1001 has unsold plums, and H02, which is sensitive; nobody has help.
    counts = {"household_count": 2, "with_finding_count": 1, "with_help_count": 0, "without_help_count": 1}
    assert body["counts"] == counts
    assert [(each["cause"]["id"], each["household_count"]) for each in body["causes"]] == [("M02", 1)]
    assert (body["hidden_cause_count"], [each["area_id"] for each in body["places"]]) == (1, ["350624101"])


def test_the_areas_to_begin_with_are_those_above_all_others(client: TestClient) -> None:
    areas = client.get("/v1/areas").json()["areas"]
    assert [(each["area_id"], each["household_count"], each["narrowest"]["area_id"]) for each in areas] == [
        ("350624", 2, VILLAGE),
        ("445200", 0, "445200"),
    ]


def test_the_places_are_handed_out_as_a_table(client: TestClient) -> None:
    answer = client.get("/v1/areas/350624?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Area code"], row["Households"], row["With help"]) for row in rows] == [("350624101", "2", "0")]
    causes = client.get("/v1/areas/350624?format=csv&table=causes_by_place", headers={"Accept-Language": "zh"})
    assert "产品滞销" in causes.content.decode("utf-8-sig")
    assert client.get("/v1/areas/350624?format=xlsx").content.startswith(b"PK")


def test_a_load_is_counted_as_soon_as_it_is_in_the_graph(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    client = client_of(workspace)
    assert client.get(f"/v1/areas/{VILLAGE}").json()["counts"]["with_finding_count"] == 1
    load(workspace, "later")
    keeper = client.app.state.keeper  # type: ignore[attr-defined] # the application that is asked
    with keeper.asking(at_least=workspace.open_ledger().version):
        pass
    assert client.get(f"/v1/areas/{VILLAGE}").json()["counts"]["with_finding_count"] == 2


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/areas/999", 404, "unknown_subject"),
        ("/v1/areas/350624?format=svg", 422, "bad_parameters"),
        ("/v1/areas?limit=1", 422, "bad_parameters"),
    ],
)
def test_what_cannot_be_told_is_a_problem(client: TestClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_page_shows_what_the_api_says(client: TestClient, households: Households) -> None:
    html = client.get("/areas/350624").text
    text = text_of(html)
    assert "诏安县" in text
    assert "have an open cause and no help 1" in text
    assert 'href="/areas/350624101"' in html
    assert all(f'href="/households/{each}"' in html for each in households)
    # The box of the drawing and the row of the table lead to the households with that cause.
    assert html.count('href="/areas/350624?cause=M02#households"') == 2
    assert "H02" not in html


def test_the_page_lists_only_the_households_of_the_filter(client: TestClient, households: Households) -> None:
    html = client.get("/areas/350624?help=without&cause=M02").text
    assert f'href="/households/{households.with_plums}"' in html
    assert f'href="/households/{households.other}"' not in html
    assert '<option value="without" selected>' in html
    # Empty fields of the form count as left out.
    assert client.get("/areas/350624?help=&cause=").status_code == 200
    assert "No household fits." in text_of(client.get("/areas/350624?help=with").text)


@pytest.mark.parametrize(
    ("address", "status"), [("/areas/999", 404), ("/areas/350624?help=some", 422), ("/areas/350624?cause=H02", 403)]
)
def test_a_fault_is_a_page_too(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_the_page_of_places_leads_down_to_where_households_are(client: TestClient) -> None:
    html = client.get("/areas", headers={"Accept-Language": "zh"}).text
    assert f'href="/areas/{VILLAGE}"' in html
    assert "农户全部所在地" in html
