"""The pictures of pages in README, taken anew: `python -m tools.page_pictures ADDRESS`, of a server on the demo's data.

Start the server first: `plumline --data plumline-demo serve`. It needs Debian's Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PICTURES = {
    "page-chains.png": ("/chains?area=350624", "section[aria-labelledby=counts]"),
    "page-produce.png": ("/produce?product=green_plum", "h1"),
}
WIDTH, HEIGHT = 1300, 1080


def take(origin: str) -> None:
    """Write the pictures of the pages of the server at `origin` into docs/pictures, in English and in light."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", color_scheme="light")
        for name, (address, top) in PICTURES.items():
            tab.goto(origin + address)
            # From the part that says most, so that the picture need not be long.
            tab.locator(top).first.evaluate("element => element.scrollIntoView()")
            tab.screenshot(path=FOLDER / name)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
