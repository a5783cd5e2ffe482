"""A real Chromium before a real server on the demo's data. Without a Chromium one line says so; in CI it fails.

No page may ask anything of another host, write an error to the console, or break its own security policy: whoever asks
for `walker` has that checked when the test ends.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route, sync_playwright

from tests.browser.addresses import filled
from tests.demonstration import copy_of_demonstration

AXE = Path(__file__).parent / "axe" / "axe.min.js"
# Debian's name of the browser, and the one elsewhere.
NAMES = ("chromium", "chromium-browser", "google-chrome")
STARTED_WITHIN_SECONDS = 60.0
Scheme = Literal["light", "dark"]


@dataclass
class Walker:
    """Opens pages as one kind of reader; notes what no page may do."""

    browser: Browser
    origin: str
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def page(
        self,
        address: str = "/",
        *,
        language: str = "en",
        script: bool = True,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        bypass_policy: bool = False,
    ) -> Page:
        """Return a tab that shows the address."""
        context = self.browser.new_context(
            base_url=self.origin,
            locale={"en": "en-GB", "zh": "zh-CN"}[language],
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            bypass_csp=bypass_policy,
            accept_downloads=True,
        )
        self._contexts.append(context)
        context.route("**/*", self._only_ours)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", self._note_error)
        page.on("console", self._note)
        page.goto(filled(self.origin, address))
        return page

    def close(self) -> None:
        """Close every tab."""
        for context in self._contexts:
            context.close()

    def _note_error(self, error: Error) -> None:
        self.faults.append(f"in a script: {error}")

    def _note(self, said: ConsoleMessage) -> None:
        # The browser itself writes this for every page that is an error on purpose.
        if said.type == "error" and not said.text.startswith("Failed to load resource: the server responded with"):
            self.faults.append(f"on the console: {said.text}")

    def _only_ours(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" == self.origin or asked.scheme in ("data", "blob"):
            route.continue_()
        else:
            self.faults.append(f"asked of another host: {route.request.url}")
            route.abort()


# Not for longer than a module: while Playwright runs, no other test of this process can start an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and in CI the pages must be seen")
        pytest.skip("no Chromium on this machine: the pages were NOT RUN in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the two counties of the demo."""
    made = copy_of_demonstration(tmp_path_factory)
    assert made.first_run.code == 0, made.first_run.err
    return made.folder


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """Start a server of its own process on a data folder, give its address, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = _plumline("--data", folder, "serve", "--port", port, *options)
    with (folder.parent / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own command
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_until_ready(origin)
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def origin(demo_folder: Path) -> Iterator[str]:
    """Yield the address of the server on the demo's data."""
    with serving(demo_folder) as address:
        yield address


@pytest.fixture
def walker(chromium: Browser, origin: str) -> Iterator[Walker]:
    """Yield the reader of the demo's pages, and fail the test when a page did what none may do."""
    reader = Walker(chromium, origin)
    yield reader
    reader.close()
    assert reader.faults == []


def _plumline(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "cli", *map(str, arguments)]


def _wait_until_ready(origin: str) -> None:
    give_up_at = time.monotonic() + STARTED_WITHIN_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{origin}/readyz", timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)
