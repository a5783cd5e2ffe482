"""From the start page to a scenario and to a household that crosses the level: without a script, by keyboard."""

from __future__ import annotations

import re

import pytest

from tests.browser.addresses import COUNTY, asked
from tests.browser.conftest import Walker
from tests.browser.hands import Hand

WORDS = {
    "en": ("See the scenarios", "What if a price falls?", "See what comes of it", "a price falls"),
    "zh": ("查看情景", "情景推演：产品降价", "开始推演", "产品降价"),
}


@pytest.mark.parametrize(
    ("script", "uses_keyboard", "language"),
    [
        pytest.param(True, True, "zh", id="keyboard-zh", marks=pytest.mark.soak),
        pytest.param(False, False, "en", id="no-script-en"),
    ],
)
def test_a_planner_asks_what_a_lower_price_would_do(
    walker: Walker, language: str, script: bool, uses_keyboard: bool
) -> None:
    way_in, title, go, form_name = WORDS[language]
    page = walker.page("/", language=language, script=script)
    hand = Hand(page, uses_keyboard)
    hand.follow(page.get_by_role("link", name=way_in))
    hand.follow(page.get_by_role("link", name=title))
    form = page.get_by_role("form", name=form_name)
    hand.choose(form.locator("select[name=product]"), "green_plum")
    hand.fill(form.locator("input[name=share]"), "0.5")
    hand.fill(form.locator("input[name=area]"), COUNTY)
    hand.follow(form.get_by_role("button", name=go))
    assert page.url.endswith(f"/scenarios/price_down?product=green_plum&share=0.5&area={COUNTY}")
    assert page.locator("h1").inner_text() == title
    told = asked(walker.origin, f"/v1/what-if/scenario/price_down?product=green_plum&share=0.5&area={COUNTY}")
    figures = page.locator("dl.figures").first.inner_text()
    assert f"{told['before']['expected_returns']:,.1f} → {told['after']['expected_returns']:,.1f}" in figures
    assert page.locator("section[aria-labelledby=households] tbody tr").count() == min(50, told["crossing"]["total"])
    # The mailed address shows the same to whoever opens it.
    assert walker.page(page.url, language=language).locator("dl.figures").first.inner_text() == figures
    hand.follow(page.locator("section[aria-labelledby=households] tbody a").first)
    assert re.search(r"/households/[a-z0-9]+$", page.url)


def test_what_is_wrong_is_told_and_the_form_keeps_what_was_filled_in(walker: Walker) -> None:
    page = walker.page("/scenarios/price_down?product=green_plum&share=2", script=False)
    assert "it must be above 0 and at most 1" in page.get_by_role("alert").inner_text()
    assert page.locator("input[name=share]").input_value() == "2"
    assert page.locator("select[name=product]").input_value() == "green_plum"
