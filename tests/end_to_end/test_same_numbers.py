"""Each question gives the same numbers on the terminal, over HTTP and on its page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.amounts import plain, price, quantity
from api.app import create_app
from cli.main import perform
from loaders.settings import Settings
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from loaders.workspace import Workspace
from tests.cli.calls import started

TOWN, COUNTY = "350624105", "350624"
LIMIT = 20
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One question: how the terminal asks it, its address, its page, and the numbers that the page must tell."""

    words: tuple[str, ...]
    address: str
    page: str
    numbers: Callable[[Body], list[str]]


def assisted(body: Body) -> list[str]:
    counts = body["counts"]
    rows = [row["household_id"] for row in body["households"]["rows"]]
    names = ("households", "with_finding", "with_help", "without_help", "in_whole_chain")
    return [*(plain(counts[name]) for name in names), *rows]


def linked(body: Body) -> list[str]:
    chains = body["chains"]["rows"]
    return [chain[part]["name"] for chain in chains for part in ("agency", "programme") if chain[part] is not None]


def placed(body: Body) -> list[str]:
    told = [(place["name"], place["counts"]) for place in body["places"] if place["counts"]["household_count"]]
    names = ("household_count", "with_finding_count", "with_help_count", "without_help_count")
    return [text for name, counts in told for text in (name, *(plain(counts[each]) for each in names))]


def known(body: Body) -> list[str]:
    sources = [fact["source"] for fact in body["facts"]]
    return [body["asked"]["id"], *(source["feed"]["en"] for source in sources if source is not None)]


def on_board(body: Body) -> list[str]:
    lots = [
        text for lot in body["lots"] for text in (lot["lot"]["lot_id"], quantity(lot["lot"]["left_quantity_kg"], "en"))
    ]
    sums = [text for each in body["products"] for text in (quantity(each["left_kg"], "en"),)]
    return [plain(body["lot_count"]), plain(body["demand_count"]), *lots, *sums]


def bought(body: Body) -> list[str]:
    (lot,) = body["lots"]
    prices = [price(each["way"]["after_transport_fen_per_kg"]) for each in lot["buyers"]]
    return [*prices, *(each["demand"]["demand_id"] for each in (*lot["buyers"], *lot["refusals"]))]


def caused(body: Body) -> list[str]:
    found = [node for node in body["nodes"] if node["households"]]
    return [plain(node["households"]["confirmed"] + node["households"]["suspected"]) for node in found]


def disputed(body: Body) -> list[str]:
    return [plain(len(body["contradictions"]))]


def found(body: Body) -> list[str]:
    return [hit["id"] for group in body["groups"] for hit in group["hits"]]


def loaded(body: Body) -> list[str]:
    return [text for load in body["loads"] for text in (load["file_name"], plain(load["accepted_count"]))]


QUESTIONS: Mapping[str, Asked] = {
    "assistance": Asked(
        ("assistance", "--area", COUNTY, "--without-help", "--limit", str(LIMIT)),
        f"/v1/assistance?area={COUNTY}&help=without&limit={LIMIT}&chain_limit={LIMIT}",
        f"/chains?area={COUNTY}&help=without",
        assisted,
    ),
    "chains": Asked(
        ("chains", "--household", STORY_HOUSEHOLD, "--limit", str(LIMIT)),
        f"/v1/chains/Household/{{household}}?limit={LIMIT}",
        "/households/{household}",
        linked,
    ),
    "area": Asked(("area", COUNTY), f"/v1/areas/{COUNTY}", f"/areas/{COUNTY}", placed),
    "household": Asked(("household", STORY_HOUSEHOLD), "/v1/households/{household}", "/households/{household}", known),
    "board": Asked(
        ("board", "--product", "green_plum", "--limit", str(LIMIT)),
        f"/v1/board?product=green_plum&limit={LIMIT}",
        "/produce?product=green_plum",
        on_board,
    ),
    "buyers": Asked(
        ("buyers", "--lot", "LT-TAIPING-1"), "/v1/buyers/SupplyLot/LT-TAIPING-1", "/produce/lots/LT-TAIPING-1", bought
    ),
    "cause graph": Asked(("cause-graph", "--area", TOWN), f"/v1/cause-graph/Area/{TOWN}", f"/areas/{TOWN}", caused),
    "contradictions": Asked(
        ("contradictions", "--household", STORY_HOUSEHOLD),
        "/v1/contradictions/Household/{household}",
        "/households/{household}",
        disputed,
    ),
    "search": Asked(
        ("search", "太平", "--limit", str(LIMIT)), f"/v1/search?q=太平&limit={LIMIT}", "/search?q=太平", found
    ),
    "loads": Asked(("loads", "--limit", "50"), "/v1/loads?limit=50", "/loads", loaded),
}


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same") / "data"
    made = started("--data", str(folder), "demo")
    assert made.code == 0, made.err
    return folder


@pytest.fixture(scope="module")
def on_terminal(demo_folder: Path) -> Mapping[str, Body]:
    """Return what the terminal says to every question, asked before the server holds the graph."""
    said = {}
    for name, asked in QUESTIONS.items():
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed:
            assert perform(["--data", str(demo_folder), "--json", *asked.words]) == 0
            printed.flush()
            printed.seek(0)
            said[name] = json.loads(printed.read())
    return said


@pytest.fixture(scope="module")
def client(demo_folder: Path, on_terminal: Mapping[str, Body]) -> Iterator[TestClient]:
    assert on_terminal
    app = create_app(Workspace(Settings(data=demo_folder)), patience_seconds=60)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def comparable(body: Body) -> Body:
    """Return the body; a list of loads by load, for the terminal ends with the newest and the API begins with it."""
    if "loads" in body:
        return {load["load_id"]: load for load in body["loads"]}
    return body


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_terminal_and_the_api_say_the_same_to(
    name: str, client: TestClient, on_terminal: Mapping[str, Body], demo_folder: Path
) -> None:
    answer = client.get(filled(QUESTIONS[name].address, demo_folder))
    assert answer.status_code == 200, answer.text
    assert comparable(answer.json()) == comparable(on_terminal[name])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_page_shows_the_numbers_of_the_api_for(name: str, client: TestClient, demo_folder: Path) -> None:
    asked = QUESTIONS[name]
    wanted = asked.numbers(client.get(filled(asked.address, demo_folder)).json())
    assert wanted
    page = client.get(filled(asked.page, demo_folder), headers={"accept": "text/html", "accept-language": "en"})
    assert page.status_code == 200
    shown = unescape(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]))
    assert [text for text in wanted if not re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d])", shown)] == []


def filled(address: str, folder: Path) -> str:
    identity = Workspace(Settings(data=folder)).identity
    return address.replace("{household}", identity.pseudonym("Household", STORY_HOUSEHOLD))
