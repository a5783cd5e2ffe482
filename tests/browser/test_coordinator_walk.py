"""A coordinator plans all plums, looks why a lot stays, settles a pair, confirms a delivery and enters what came.

By keyboard alone, and without a script in Chinese; before a server of its own, for what is promised changes the board.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.amounts import quantity
from api.pages.words import worded
from graph_schema.messages import Language
from tests.browser.addresses import asked, plan_that_is_made
from tests.browser.conftest import Walker, serving
from tests.browser.hands import Hand
from tests.demonstration import copy_of_demonstration

MADE_WITHIN_MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server on a copy of the demo's data."""
    with serving(copy_of_demonstration(tmp_path_factory).folder) as address:
        yield address


@pytest.fixture
def trader(chromium: Browser, market: str) -> Iterator[Walker]:
    reader = Walker(chromium, market)
    yield reader
    reader.close()
    assert reader.faults == []


def plan_shown(page: Page, language: Language) -> str:
    """Return the address of the plan that the page comes to show by itself."""
    heading = page.get_by_role("heading", name=str(worded("plan.lots_that_stay", language)), exact=True)
    expect(heading).to_be_visible(timeout=MADE_WITHIN_MILLISECONDS)
    return "/produce/plans/" + page.url.rpartition("/")[2]


def button(place: Page | Locator, code: str, language: Language) -> Locator:
    return place.get_by_role("button", name=str(worded(code, language)), exact=True)


# The planner's walk through a plan of help shows the like of it in `make test`.
@pytest.mark.soak
@pytest.mark.parametrize(("way", "language"), [("keyboard", "en"), ("no script", "zh")])
def test_a_coordinator_plans_settles_confirms_and_enters_a_delivery(
    way: str, language: Language, trader: Walker
) -> None:
    page = trader.page("/produce?product=green_plum", language=language, script=way != "no script")
    hand = Hand(page, uses_keyboard=way == "keyboard")
    hand.follow(button(page, "plan.board_go", language))
    plan = plan_shown(page, language)
    totals = plan_that_is_made(trader.origin, plan)["summary"]["totals"]
    lead = page.locator("p.lead").inner_text()
    assert all(quantity(totals[name], language) in lead for name in ("offered_kg", "sold_kg", "unsold_kg"))

    hand.follow(page.locator("section[aria-labelledby=stays] tbody a").first)
    lot = page.url.rpartition("/lots/")[2]
    told = asked(trader.origin, f"/v1{plan}/lots/{lot}")
    text = page.locator("main").inner_text()
    assert told["why"]["changes"]
    assert all(change[f"text_{language}"] in text for change in (told["why"]["binding"], *told["why"]["changes"]))

    settled = told["deliveries"][0]
    form = page.get_by_role("form", name=str(worded("plan.lot_locked", language)))
    hand.choose(form.locator("select"), settled["demand_id"])
    hand.fill(form.locator("input[name=least_kg]"), "1000")
    hand.follow(button(form, "plan.plan_with_it", language))
    ruled = plan_shown(page, language)
    assert ruled != plan
    (rule,) = asked(trader.origin, f"/v1{ruled}")["order"]["rules"]["locked"]
    assert rule == {"lot": lot, "demand": settled["demand_id"], "least_kg": 1000}

    hand.follow(page.locator("section[aria-labelledby=deliveries] tbody a[href*='/produce/confirm']").first)
    brought = page.locator("input[name=kg]").first.input_value()
    hand.follow(button(page, "promise.confirm_go", language))
    assert str(worded("promise.entered", language)) in page.get_by_role("status").first.inner_text()
    hand.follow(page.locator("main tbody a[href*='/produce/promises/']").first)

    form = page.get_by_role("form", name=str(worded("promise.step_delivered", language)))
    hand.fill(form.locator("input[name=accepted]"), brought)
    hand.follow(button(form, "promise.step_delivered", language))
    came = page.get_by_role("region", name=str(worded("promise.came_caption", language)))
    assert quantity(float(brought), language) in came.inner_text()
