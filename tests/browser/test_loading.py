"""A file loaded in the browser, with JavaScript and without; only checked, so that other tests find their data."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import AXE, Walker
from tests.browser.test_every_page import RULES

FILE: FilePayload = {
    "name": "police.Household.csv",
    "mimeType": "text/csv",
    "buffer": b"id,member_count\n3506241052030007,3\n3506241052030008,four\n3506241052030009,-1\n",
}
DONE_WITHIN_MILLISECONDS = 60_000


def checked(page: Page, *, check: str, load: str, trial: str) -> None:
    """Send the file by the form of the page, and wait until the page tells what came of it."""
    page.set_input_files("input[name=file]", [FILE])
    page.get_by_label(check).check()
    page.get_by_role("button", name=load, exact=True).click()
    expect(page.get_by_text(trial)).to_be_visible(timeout=DONE_WITHIN_MILLISECONDS)


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_a_file_is_loaded_and_the_page_comes_to_tell_what_came_of_it(walker: Walker, script: bool) -> None:
    page = walker.page("/loads", script=script)
    checked(page, check="Only check it; enter nothing", load="Load", trial="This was a trial: nothing was entered.")
    rows = page.get_by_role("region", name="Rejected rows").locator("tbody tr")
    # Line 1 is the header.
    assert [row.locator("th").inner_text() for row in rows.all()] == ["3", "4"]
    assert page.locator("dd").all_inner_texts() == ["3", "1", "2"]


def test_what_came_of_a_file_can_be_read_by_everybody(walker: Walker) -> None:
    page = walker.page("/loads", language="zh", width=360, scheme="dark", bypass_policy=True)
    checked(page, check="只检查，不登记（试运行）", load="导入", trial="这是试运行，未登记任何内容。")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "rules => axe.run({runOnly: rules}).then(result => result.violations)", {"type": "tag", "values": RULES}
    )
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []
