"""The routes and the pages of households, on a village of two."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from loaders.workspace import Workspace
from tests.api.small_ledger import Households

SCRIPT = {"HX-Request": "true"}


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0] or html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


@pytest.fixture
def path(households: Households) -> str:
    return f"/v1/households/{households.with_plums}"


@pytest.fixture
def page(households: Households) -> str:
    return f"/households/{households.with_plums}"


def test_a_household_tells_its_facts_with_feed_and_age(client: TestClient, path: str) -> None:
    body = client.get(path, params={"day": "2026-05-30"}).json()
    assert (body["version"], body["as_of"]) == ("household/1", "2026-05-30")
    facts = {fact["aspect"]["code"]: fact for fact in body["facts"]}
    assert {code: fact["source"]["feed"]["code"] for code, fact in facts.items()} == {
        "member_count": "police",
        "was_registered_poor": "revitalisation",
        "household_status": "police",
    }
    assert (facts["member_count"]["value"]["en"], facts["member_count"]["source"]["age_days"]) == ("3", 10)
    # What was observed on 1 May is 29 days old; the chronic illness is left out, and so is the finding that it raises.
    assert [(fact["aspect"]["code"], fact["source"]["age_days"]) for fact in body["observations"]] == [("I25", 29)]
    assert (body["hidden_count"], body["open_cause_count"]) == (2, 2)


def test_a_server_that_may_tells_what_is_sensitive_too(
    client_of: Callable[..., TestClient], workspace: Workspace, path: str
) -> None:
    body = client_of(workspace, shows_sensitive=True).get(path).json()
    assert ([fact["aspect"]["code"] for fact in body["observations"]], body["hidden_count"]) == (["I14b", "I25"], 0)


def test_the_facts_are_handed_out_as_a_table(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ("number of members", "3", "public security") in [
        (row["Property"], row["Value"], row["Feed"]) for row in rows
    ]
    assert client.get(f"{path}?format=xlsx").content.startswith(b"PK")


def test_households_of_an_area_come_a_page_at_a_time(client: TestClient, households: Households) -> None:
    first, second = sorted(households)
    page = client.get("/v1/households?area=350624&limit=1").json()
    assert (page["version"], [row["household_id"] for row in page["households"]]) == ("households/1", [first])
    assert (page["total"], page["next_after"]) == (2, first)
    rest = client.get(f"/v1/households?area=350624&limit=1&after={first}").json()
    assert ([row["household_id"] for row in rest["households"]], rest["next_after"]) == ([second], None)


def test_households_may_be_asked_for_by_help_and_by_cause(client: TestClient, households: Households) -> None:
    for query, expected in (
        ("help=without", [households.with_plums]),
        ("help=with", []),
        ("cause=M02", [households.with_plums]),
    ):
        body = client.get(f"/v1/households?area=350624&{query}").json()
        assert [row["household_id"] for row in body["households"]] == expected
    assert "text/csv" in client.get("/v1/households?area=350624&format=csv").headers["content-type"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/households", 422, "bad_parameters"),
        ("/v1/households?area=999", 404, "unknown_subject"),
        ("/v1/households?area=350624&cause=H02", 403, "sensitive_cause_asked"),
        ("/v1/households?area=350624&help=some", 422, "bad_parameters"),
        ("/v1/households?area=350624&limit=1001", 422, "bad_parameters"),
        # A register number is no address.
        ("/v1/households/1001", 404, "unknown_subject"),
    ],
)
def test_what_cannot_be_told_is_a_problem(client: TestClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_page_shows_the_file_of_the_household(client: TestClient, page: str) -> None:
    html = client.get(page).text
    text = text_of(html)
    assert "unsold surplus M02 confirmed" in text
    assert "unsold share of the harvest: 60%" in text
    assert re.search(r"number of members 3 public security 20 May 2026 0", text)
    assert 'href="/areas/350624101201"' in html
    # Each box of the drawing leads to its row.
    boxes = re.findall(r'<a href="#cause-([A-Z0-9]+)"', html)
    assert "M02" in boxes
    assert all(f'id="cause-{code}"' in html for code in boxes)
    assert "H02" not in html
    for form in ("svg", "graphml", "node-link", "html", "json"):
        assert re.search(rf'href="/v1/cause-graph/Household/\w+\?format={form}"', html)


def test_the_page_speaks_chinese(client: TestClient, page: str) -> None:
    text = text_of(client.get(page, headers={"Accept-Language": "zh"}).text)
    assert "家庭成员" in text
    assert "产品滞销" in text
    assert "2026年5月20日" in text


def test_the_newest_steps_of_the_history_come_to_the_script_and_all_to_a_reader(client: TestClient, page: str) -> None:
    inside = client.get(f"{page}/history", headers=SCRIPT)
    assert "<html" not in inside.text
    assert "Vary" in inside.headers
    whole = client.get(f"{page}/history").text
    assert f'href="{page}"' in whole
    entries = client.get(f"/v1/history/Household/{page.rpartition('/')[2]}").json()["entries"]
    # Oldest first as a page, newest first inside the page of the household.
    texts = [entry["text_en"] for entry in entries]
    assert re.findall(r"<br>(.*?)</li>", whole) == texts
    assert re.findall(r"<br>(.*?)</li>", inside.text) == texts[::-1][:8]


@pytest.mark.parametrize("address", ["/households/nobody", "/households/1001", "/households/nobody/history"])
def test_an_unknown_household_is_a_page_that_says_so(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text
