"""From a household to why it is at risk, and on to what if: by pointer, by keyboard alone and without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from analysis.drawing.values import strength_number
from api.pages.words import worded
from graph_schema.messages import Language
from tests.browser.addresses import TOWN, asked
from tests.browser.conftest import Walker
from tests.browser.hands import Hand
from tests.browser.test_walks import WAYS, Reader


@pytest.fixture(params=WAYS)
def reader(request: pytest.FixtureRequest, walker: Walker) -> Reader:
    way, language = request.param
    page = walker.page("/", language=language, script=way != "no script")
    return Reader(page, Hand(page, uses_keyboard=way == "keyboard"), language, walker.origin)


@pytest.fixture(scope="module")
def at_risk(origin: str) -> tuple[str, str]:
    """Return a household of the town, and a cause that is found there and would lower its risk if it were refuted."""
    listed = asked(origin, f"/v1/households?area={TOWN}&limit=100")["households"]
    for each in listed:
        answer = asked(origin, f"/v1/explain/{each['household_id']}")
        adding = [
            found["code"]
            for found in answer["findings"]
            if not found["is_state"] and found["status"] != "refuted" and (found["drop"] or 0) > 0.05
        ]
        if adding:
            return each["household_id"], adding[0]
    raise AssertionError("nobody of the town has a finding that adds to the risk")


def test_a_planner_asks_why_and_what_if(reader: Reader, at_risk: tuple[str, str]) -> None:
    household, cause = at_risk
    page, hand = reader.page, reader.hand
    page.goto(f"/households/{household}")
    reader.follow(reader.words("household.why"))
    assert page.url.endswith(f"/households/{household}/why")
    answer = asked(reader.origin, f"/v1/explain/{household}")
    assert strength_number(answer["risk"]) in reader.text()
    # From the box in the picture to its row, where what it adds stands.
    page.locator(f"main svg a[href='#cause-{cause}']").first.press("Enter")
    page.wait_for_url(f"**#cause-{cause}")
    assert page.locator(f"main tr#cause-{cause}").is_visible()
    field = page.locator(f"main select[name=finding]:has(option[value='{cause}=refuted'])").first
    hand.choose(field, f"{cause}=refuted")
    reader.follow(reader.words("why.form_go"))
    told = asked(reader.origin, f"/v1/what-if/household/{household}?refute={cause}")
    assert told["after"]["with_help"] < told["before"]["with_help"]
    before, after = (strength_number(told[name]["with_help"]) for name in ("before", "after"))
    assert reader.words("why.result_falls", before=before, after=after) in reader.text()
    # What was supposed stands in the address, and so does the place of the page.
    address = urlsplit(page.url)
    assert [text for text in parse_qs(address.query)["finding"] if text] == [f"{cause}=refuted"]
    assert address.fragment == "what-if"
    reader.follow(reader.words("why.form_clear"))
    assert page.locator("main #result").count() == 0


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.soak), "zh"])
def test_the_cheapest_help_comes_by_itself_where_scripts_run(
    language: Language, walker: Walker, at_risk: tuple[str, str]
) -> None:
    page = walker.page(f"/households/{at_risk[0]}/why", language=language)
    said = asked(walker.origin, f"/v1/cut/household/{at_risk[0]}")["cut"][f"text_{language}"]
    page.locator("main").get_by_text(said, exact=True).wait_for()
    assert page.get_by_role("link", name=str(worded("why.cut_link", language)), exact=True).count() == 0


@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.soak)])
def test_the_cheapest_help_stands_behind_a_link_without_a_script(
    language: Language, walker: Walker, at_risk: tuple[str, str]
) -> None:
    page = walker.page(f"/households/{at_risk[0]}/why", language=language, script=False)
    said = asked(walker.origin, f"/v1/cut/household/{at_risk[0]}")["cut"][f"text_{language}"]
    page.get_by_role("link", name=str(worded("why.cut_link", language)), exact=True).click()
    assert page.url.endswith("/why/cut")
    assert said in page.locator("main").inner_text()


def test_printed_on_a4_nothing_is_cut_off(walker: Walker, at_risk: tuple[str, str]) -> None:
    # 210 mm less margins of 12 mm on both sides, at 96 points an inch.
    page = walker.page(f"/households/{at_risk[0]}/why", width=703, script=False)
    page.emulate_media(media="print")
    wide = page.evaluate(
        "() => [...document.querySelectorAll('main table, main svg')].filter(e => e.getClientRects().length "
        "&& e.getBoundingClientRect().right > 704).map(e => e.outerHTML.slice(0, 120))"
    )
    assert wide == []
