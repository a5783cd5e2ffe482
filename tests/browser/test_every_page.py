"""What holds for every page, whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from playwright.sync_api import Browser, Page

from tests.browser.addresses import NOT_FOUND, PAGES, filled, text_of
from tests.browser.conftest import AXE, Scheme, Walker

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Swagger UI as it is delivered. What it shows stands in docs/api.md and /openapi.json too.
NOT_OURS = [["#swagger"]]
EVERY = {**PAGES, "not found": NOT_FOUND}


def _ways() -> list[ParameterSet]:
    """Return each page in English and light or in Chinese and dark by turns; the other of the two is for the soak."""
    ways: list[tuple[str, Scheme]] = [("en", "light"), ("zh", "dark")]
    return [
        pytest.param((name, *way), id="-".join((name, *way)), marks=[pytest.mark.soak] if (place + turn) % 2 else [])
        for place, name in enumerate(EVERY)
        for turn, way in enumerate(ways)
    ]


@pytest.fixture(scope="module")
def reader(chromium: Browser, origin: str) -> Iterator[Walker]:
    shared = Walker(chromium, origin)
    yield shared
    shared.close()


@pytest.fixture(scope="module")
def tabs() -> dict[tuple[str, Scheme], Page]:
    """Return the tab of each language and scheme, as they are opened: to open one takes longer than a page."""
    return {}


@pytest.fixture(scope="module", params=_ways())
def page(request: pytest.FixtureRequest, reader: Walker, tabs: dict[tuple[str, Scheme], Page]) -> Iterator[Page]:
    """Yield a page of the product."""
    name, language, scheme = request.param
    way = (language, scheme)
    if way not in tabs:
        tabs[way] = reader.page("/healthz", language=language, scheme=scheme, bypass_policy=True)
    tabs[way].set_viewport_size({"width": 1280, "height": 900})
    tabs[way].goto(filled(reader.origin, EVERY[name]))
    yield tabs[way]
    faults, reader.faults = reader.faults, []
    assert faults == []


def test_axe_finds_nothing(page: Page) -> None:
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "([out, rules]) => axe.run({exclude: out}, {runOnly: rules}).then(result => result.violations)",
        [NOT_OURS, {"type": "tag", "values": RULES}],
    )
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []


def test_nothing_sticks_out_of_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    width, wide = page.evaluate(
        "() => [document.documentElement.scrollWidth, "
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361 "
        "&& !e.closest('.table, .scroll, .skip, .unseen')).map(e => e.outerHTML.slice(0, 120)).slice(0, 5)]"
    )
    assert (width, wide) == (360, [])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EVERY)
def test_a_page_says_its_language_its_title_and_one_heading(name: str, language: str, origin: str) -> None:
    page = text_of(origin, EVERY[name], language)
    assert re.findall(r'<html[^>]* lang="([^"]*)"', page) == [{"en": "en", "zh": "zh-Hans"}[language]]
    head = page.partition("</head>")[0]
    assert [title.split(" · ")[0].strip() != "" for title in re.findall(r"<title>([^<]*)</title>", head)] == [True]
    assert len(re.findall(r"<h1[ >]", page)) == 1


def test_the_switch_changes_the_language_and_the_next_page_keeps_it(walker: Walker) -> None:
    page = walker.page("/", language="en", script=False)
    page.get_by_role("link", name="中文").click()
    assert page.get_attribute("html", "lang") == "zh-Hans"
    page.goto("/nowhere")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    page.get_by_role("link", name="English").click()
    assert page.get_attribute("html", "lang") == "en"


def test_the_first_key_leads_past_the_bar_to_the_content(walker: Walker) -> None:
    page = walker.page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
