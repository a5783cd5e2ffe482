"""The pictures of pages in README, taken anew: `python -m tools.page_pictures ADDRESS`, of a server on the demo's data.

Start the server first: `plumline --data plumline-demo serve`. It needs Debian's Chromium.
"""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PICTURES = {
    "page-chains.png": ("/chains?area=350624", "section[aria-labelledby=counts]"),
    "page-produce.png": ("/produce?product=green_plum", "h1"),
    "page-why.png": ("/households/{household}/why", "h1"),
}
TOWN = "350624105"
FEWEST_FINDINGS = 3
WIDTH, HEIGHT = 1300, 1080


def told(address: str) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return the JSON answer of the server."""
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())


def household_to_show(origin: str) -> str:
    """Return the household at highest risk of a town that has several findings, none of them hidden.

    Raises LookupError where there is none. Pseudonyms hang on the key of the data folder, so it is looked for.
    """
    for each in told(f"{origin}/v1/risk/{TOWN}?households=true&limit=100")["households"]:
        found = told(f"{origin}/v1/explain/{each['household_id']}")
        if not found["hidden_count"] and len(found["findings"]) >= FEWEST_FINDINGS:
            return str(each["household_id"])
    raise LookupError(TOWN)


def take(origin: str) -> None:
    """Write the pictures of the pages of the server at `origin` into docs/pictures, in English and in light."""
    household = household_to_show(origin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", color_scheme="light")
        for name, (address, top) in PICTURES.items():
            tab.goto(origin + address.format(household=household))
            # From the part that says most, so that the picture need not be long.
            tab.locator(top).first.evaluate("element => element.scrollIntoView()")
            tab.screenshot(path=FOLDER / name)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
