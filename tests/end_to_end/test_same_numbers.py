"""Each question gives the same numbers on the terminal, over HTTP and on its page."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.amounts import plain, price, quantity, yuan
from analysis.drawing.values import strength_number
from api.app import create_app
from cli.main import perform
from loaders.settings import Settings
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from loaders.workspace import Workspace
from tests.demonstration import copy_of_demonstration

TOWN, COUNTY = "350624105", "350624"
LIMIT = 20
PRICE_FALLS = ("whatif", "price_down", "--set", "product=green_plum", "--set", "share=0.5")
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


def explained(body: Body) -> list[str]:
    shown = [body["risk"], body["risk_with_help"], body["risk_without"], body["leak_risk"], body["level"]]
    adds = [each["shapley"] for each in (*body["findings"], body["hidden_findings"])]
    years = [year["at_least_once"] for year in body["years"]]
    return [strength_number(number) for number in (*shown, *adds, *years)]


def carried(body: Body) -> list[str]:
    counts = [body["counts"], *(place["counts"] for place in body["places"] if place["counts"]["household_count"])]
    whole = [plain(each[name]) for each in counts for name in ("household_count", "above_count")]
    returns = [each["returns"] for each in (*counts, *body["causes"], body["hidden"])]
    falls = [each["fall"] for each in body["causes"]]
    return [*whole, *(f"{number:,.2f}" for number in (*returns, *falls, body["without_findings"]))]


def cheapest(body: Body) -> list[str]:
    cut = body["cut"]
    named = [each["code"] for each in cut["lowest"]["measures"]]
    return [yuan(cut["lowest"]["cost_fen"], "en"), f"{cut['lowest']['risk']:.3f}", *named]


def budgeted(body: Body) -> list[str]:
    plan = body["plan"]
    spent = [yuan(each["cost_fen"], "en") for each in (*plan["measures"], plan["hidden"])]
    whole = [plain(plan[name]) for name in ("helped_count", "above_before", "above_after")]
    prevented = [f"{each['prevented']:,.2f}" for each in (plan, *plan["measures"], plan["hidden"])]
    return [yuan(plan["spent_fen"], "en"), *spent, *whole, *prevented]


def reached(body: Body) -> list[str]:
    names = ("household_count", "reached_count", "touched_count", "moved_count", "upward_count")
    ways = [way[name] for way in body["ways"] for name in ("household_count", "nearest_count")]
    places = [place["touched_count"] for place in body["places"]]
    return [plain(number) for number in (*(body[name] for name in names), *ways, *places)]


def supposed(body: Body) -> list[str]:
    numbers = [body[when][which] for when in ("before", "after") for which in ("with_help", "without_help")]
    states = [each[when] for each in body["states"] if each["is_moved"] for when in ("before", "after")]
    return [strength_number(number) for number in (*numbers, *states)]


def helping(body: Body) -> list[str]:
    counted = [plain(number) for number in (body["help_count"], *body["counts"].values())]
    sums = [yuan(fen, "en") for fen in body["amounts"].values()]
    return [*counted, *sums, *(each["help_id"] for each in body["helps"])]


def linked_by_evidence(body: Body) -> list[str]:
    rows = [text for link in body["links"] for text in (link["link_id"], plain(link["lag_days"]))]
    return [
        plain(len(body["nodes"])),
        plain(len(body["links"])),
        *rows,
        *(each["version_id"] for each in body["versions"]),
    ]


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
    "explain": Asked(
        ("explain", STORY_HOUSEHOLD),
        "/v1/explain/{household}?cut=true&change=true",
        "/households/{household}/why",
        explained,
    ),
    "risk": Asked(("risk", TOWN), f"/v1/risk/{TOWN}?changes=true", f"/areas/{TOWN}/causes", carried),
    "cut": Asked(
        ("cut", STORY_HOUSEHOLD), "/v1/cut/household/{household}", "/households/{household}/why/cut", cheapest
    ),
    "cut of an area": Asked(
        ("cut", "--area", TOWN, "--budget", "20000"),
        f"/v1/cut/area/{TOWN}?budget_fen=2000000",
        f"/areas/{TOWN}/causes/budget?budget=20000&most=2",
        budgeted,
    ),
    "scenario": Asked(
        (*PRICE_FALLS, "--area", COUNTY, "--limit", "100"),
        f"/v1/what-if/scenario/price_down?product=green_plum&share=0.5&area={COUNTY}&limit=100",
        f"/scenarios/price_down?product=green_plum&share=0.5&area={COUNTY}",
        reached,
    ),
    "what if": Asked(
        ("whatif", "--household", STORY_HOUSEHOLD, "--refute", "M02", "--give", "B22"),
        "/v1/what-if/household/{household}?refute=M02&give=B22",
        "/households/{household}/why?finding=M02%3Drefuted&give=B22",
        supposed,
    ),
    "helps": Asked(
        ("assist", "helps", "--limit", str(LIMIT)), f"/v1/assistance/helps?limit={LIMIT}", "/assistance/helps", helping
    ),
    "network": Asked(("network",), "/v1/network", "/network", linked_by_evidence),
}


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = copy_of_demonstration(tmp_path_factory)
    assert made.first_run.code == 0, made.first_run.err
    return made.folder


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


def different(one: Any, other: Any, place: str = "") -> list[str]:  # noqa: ANN401 - JSON as it comes
    """Return where two bodies differ. Numbers are the same within 1e-9: the server sums an area up by its places."""
    if isinstance(one, float) and isinstance(other, float):
        return [] if math.isclose(one, other, rel_tol=0, abs_tol=1e-9) else [place]
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [each for key in one for each in different(one[key], other[key], f"{place}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [each for number, (left, right) in pairs for each in different(left, right, f"{place}/{number}")]
    return [] if one == other else [place]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_terminal_and_the_api_say_the_same_to(
    name: str, client: TestClient, on_terminal: Mapping[str, Body], demo_folder: Path
) -> None:
    answer = client.get(filled(QUESTIONS[name].address, demo_folder))
    assert answer.status_code == 200, answer.text
    assert different(comparable(answer.json()), comparable(on_terminal[name])) == []


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
