"""The walks of the three users: by pointer, by keyboard alone and without JavaScript, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.amounts import plain, price
from api.pages.words import worded
from graph_schema.messages import Language
from tests.browser.addresses import COUNTY, LOT, TOWN, asked
from tests.browser.conftest import Walker, serving
from tests.browser.hands import Hand

# By keyboard in one language and without JavaScript in the other; the rest is for the soak.
AT_ONCE = {("keyboard", "zh"), ("no script", "en")}
WAYS = [
    pytest.param(each, id="-".join(each).replace(" ", "-"), marks=[] if each in AT_ONCE else [pytest.mark.soak])
    for each in product(("pointer", "keyboard", "no script"), ("en", "zh"))
]


@dataclass
class Reader:
    """One way of reading: the tab, the hand and the words of the language."""

    page: Page
    hand: Hand
    language: Language
    origin: str

    def words(self, code: str, **fields: object) -> str:
        return str(worded(code, self.language, **fields))

    def follow(self, name: str) -> None:
        """Follow the link, or press the button, of this name in the content of the page."""
        main = self.page.locator("main")
        named = main.get_by_role("link", name=name, exact=True).or_(main.get_by_role("button", name=name, exact=True))
        self.hand.follow(named.first)

    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(params=WAYS)
def reader(request: pytest.FixtureRequest, walker: Walker) -> Reader:
    way, language = request.param
    page = walker.page("/", language=language, script=way != "no script")
    return Reader(page, Hand(page, uses_keyboard=way == "keyboard"), language, walker.origin)


def test_a_planner_finds_who_is_left_out_in_a_town_and_why(reader: Reader) -> None:
    reader.follow(reader.words("start.way_chains_left_out"))
    assert reader.page.url.endswith("/chains?help=without")
    reader.hand.fill(reader.page.get_by_label(reader.words("planner.area"), exact=True), TOWN)
    reader.follow(reader.words("common.show"))
    assert f"area={TOWN}" in reader.page.url
    answer = asked(reader.origin, f"/v1/assistance?area={TOWN}&help=without")
    counts = answer["counts"]
    told = reader.words(
        "planner.counted",
        households=plain(counts["households"]),
        finding=plain(counts["with_finding"]),
        help=plain(counts["with_help"]),
        without=plain(counts["without_help"]),
    )
    assert told in reader.text()
    first = answer["households"]["rows"][0]["household_id"]
    reader.follow(first)
    assert reader.page.url.endswith(f"/households/{first}")
    assert reader.words("household.section_findings") in reader.text()
    reader.hand.follow(reader.page.locator(f"main .crumbs a[href='/areas/{TOWN}']"))
    assert reader.page.url.endswith(f"/areas/{TOWN}")


def test_a_coordinator_finds_buyers_for_a_lot_and_what_forbids_the_others(reader: Reader) -> None:
    reader.follow(reader.words("start.way_produce_go"))
    reader.hand.choose(reader.page.locator("main select[name=product]"), "green_plum")
    reader.follow(reader.words("common.show"))
    assert "product=green_plum" in reader.page.url
    reader.hand.follow(reader.page.locator(f"main a[href*='/produce/lots/{LOT}']").first)
    answer = asked(reader.origin, f"/v1/buyers/SupplyLot/{LOT}")["lots"][0]
    assert (answer["buyer_count"], answer["refusal_count"]) == (2, 6)
    text = reader.text()
    for buyer in answer["buyers"]:
        assert buyer["demand"]["enterprise"]["name"] in text
        assert price(buyer["way"]["after_transport_fen_per_kg"]) in text
    for refusal in answer["refusals"]:
        assert refusal["demand"]["demand_id"] in text
        for reason in refusal["reasons"]:
            assert reason[f"text_{reader.language}"] in text


def test_a_programmer_finds_a_household_its_cause_graph_and_the_description_of_the_api(reader: Reader) -> None:
    household = asked(reader.origin, f"/v1/households?area={TOWN}&limit=1")["households"][0]["household_id"]
    reader.hand.fill(reader.page.locator("#find"), household)
    reader.hand.follow(reader.page.locator("form.find button"))
    reader.hand.follow(reader.page.locator(f"main a[href='/households/{household}']").first)
    graph = reader.page.locator(f"main a[download][href^='/v1/cause-graph/Household/{household}']")
    address = graph.filter(has_text=reader.words("common.download_json")).last.get_attribute("href")
    assert address
    body = asked(reader.origin, address)
    assert (body["version"], body["asked"]["id"]) == ("cause-graph/1", household)
    drawn = {node["code"] for node in body["nodes"]}
    assert drawn
    for code in drawn:
        assert code in reader.page.locator("main").inner_text()
    reader.hand.follow(reader.page.locator("footer a[href='/docs']"))
    reader.hand.follow(reader.page.locator("main p a[href='/openapi.json']"))
    assert json.loads(reader.page.locator("body").inner_text())["openapi"].startswith("3.")


@pytest.fixture
def own_server(tmp_path: Path, chromium: Browser) -> Iterator[Walker]:
    """Yield a reader before a server on a folder with nothing in it."""
    with serving(tmp_path / "data") as address:
        reader = Walker(chromium, address)
        yield reader
        reader.close()
    assert reader.faults == []


@pytest.mark.parametrize(("script", "language"), [(True, "zh"), pytest.param(False, "en", marks=pytest.mark.soak)])
def test_an_officer_loads_a_file_and_sees_which_row_was_rejected_and_why(
    script: bool, language: Language, own_server: Walker, tmp_path: Path
) -> None:
    file = tmp_path / "police.Household.csv"
    file.write_text("id,head_name,member_count,household_status\nA1,张某,4,active\nA2,李某,many,active\n", "utf-8")
    page = own_server.page("/", language=language, script=script)
    page.locator("main a[href='/loads']").first.click()
    page.get_by_label(str(worded("loads.file", language))).set_input_files(file)
    page.get_by_role("button", name=str(worded("loads.go", language)), exact=True).click()
    # Without a script the page asks again by itself.
    page.wait_for_selector("main table td:has-text('many')", timeout=60_000)
    text = page.locator("main").inner_text()
    assert "member_count" in text
    told = {(row["read_count"], row["accepted_count"]) for row in asked(own_server.origin, "/v1/loads")["loads"]}
    assert told == {(2, 1)}
    page.goto("/")
    assert str(worded("start.households", language)) in page.locator("main").inner_text()
    assert COUNTY not in page.locator("main").inner_text()
