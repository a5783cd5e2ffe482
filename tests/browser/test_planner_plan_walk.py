"""A planner orders a plan of help, looks why, forbids a help, sees the cost, keeps, accepts and prints by village.

By keyboard alone, and without a script in Chinese; before a server of its own, for what is accepted changes the plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.amounts import yuan
from api.pages.words import worded
from graph_schema.messages import Language
from tests.browser.addresses import COUNTY, asked, plan_that_is_made
from tests.browser.conftest import Walker, serving
from tests.browser.hands import Hand
from tests.demonstration import copy_of_demonstration

MADE_WITHIN_MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server on a copy of the demo's data."""
    with serving(copy_of_demonstration(tmp_path_factory).folder) as address:
        yield address


@pytest.fixture
def planner(chromium: Browser, office: str) -> Iterator[Walker]:
    reader = Walker(chromium, office)
    yield reader
    reader.close()
    assert reader.faults == []


def plan_shown(page: Page, language: Language) -> str:
    """Return the address of the plan that the page comes to show by itself."""
    heading = page.get_by_role("heading", name=str(worded("assist_plan.by_village", language)), exact=True)
    expect(heading).to_be_visible(timeout=MADE_WITHIN_MILLISECONDS)
    return "/assistance/plans/" + page.url.rpartition("/")[2]


def button(place: Page | Locator, code: str, language: Language) -> Locator:
    return place.get_by_role("button", name=str(worded(code, language)), exact=True)


@pytest.mark.parametrize(
    ("way", "language"), [("keyboard", "en"), pytest.param("no script", "zh", marks=pytest.mark.soak)]
)
def test_a_planner_plans_asks_why_forbids_keeps_accepts_and_prints(
    way: str, language: Language, planner: Walker
) -> None:
    page = planner.page(f"/assistance/plans?area={COUNTY}", language=language, script=way != "no script")
    hand = Hand(page, uses_keyboard=way == "keyboard")
    hand.follow(button(page, "assist_plan.go", language))
    plan = plan_shown(page, language)
    totals = plan_that_is_made(planner.origin, plan)["summary"]["totals"]
    lead = page.locator("p.lead").inner_text()
    assert all(yuan(totals[name], language) in lead for name in ("need_fen", "covered_fen", "left_fen", "cost_fen"))

    hand.follow(page.locator("section[aria-labelledby=helps] tbody th a").first)
    household = page.url.rpartition("/households/")[2]
    why = asked(planner.origin, f"/v1{plan}/households/{household}")
    text = page.locator("main").inner_text()
    assert all(need[f"text_{language}"] in text for need in why["needs"])

    form = page.get_by_role("form", name=str(worded("assist_household.own_forbidden", language)))
    programme = asked(planner.origin, f"/v1{plan}/helps?household={household}")["helps"][0]["programme"]["id"]
    hand.choose(form.locator("select"), programme)
    hand.follow(button(form, "assist_plan.plan_with_it", language))
    ruled = plan_shown(page, language)
    assert ruled != plan
    given = asked(planner.origin, f"/v1{ruled}/helps?household={household}&programme={programme}")
    assert given["count"] == 0
    cost = page.locator("section[aria-labelledby=before-now]")
    now = asked(planner.origin, f"/v1{ruled}")["summary"]["totals"]
    for number in (totals["left_fen"], now["left_fen"]):
        assert yuan(number, language) in cost.inner_text()

    hand.follow(button(page, "assist_plan.keep", language))
    assert "allocation-" in page.get_by_role("status").first.inner_text()
    accept = page.get_by_role("link", name=str(worded("assist_plan.accept", language)), exact=True)
    hand.follow(accept)
    village = asked(planner.origin, f"/v1{ruled}/helps?limit=1")["helps"][0]["village"]["id"]
    hand.choose(page.locator("select[name=village]"), village)
    hand.follow(button(page, "assist_accept.look", language))
    hand.follow(button(page, "assist_accept.confirm", language))
    draft = asked(planner.origin, "/v1/assistance/kept")["plans"][0]
    assert draft["run_id"] in unquote(page.url)
    assert 0 < draft["accepted_count"] < draft["unit_count"]
    listed = asked(planner.origin, f"/v1{ruled}/helps?limit=1&village={village}")["count"]
    entered = page.get_by_role("status").first.inner_text()
    assert re.search(rf"\b{listed}\b", entered)

    page.goto(f"{ruled}/print")
    page.emulate_media(media="print")
    sheets = page.locator(".sheet")
    assert sheets.count() > 1
    assert sheets.nth(1).evaluate("sheet => getComputedStyle(sheet).breakBefore") == "page"
    expect(page.locator("header nav")).to_be_hidden()
