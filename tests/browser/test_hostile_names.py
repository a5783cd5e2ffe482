"""Names that try to be a script, an address or a formula stay text: on pages, in drawings, tables and files to mail."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.addresses import PAGES, filled, text_of
from tests.browser.conftest import Walker, serving
from tests.browser.hostile import NAMES, write_hostile_plum_week

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WORKED_OUT_WITHIN_SECONDS = 60.0
HARMED = "window.harmed === undefined"


@pytest.fixture(scope="module")
def hostile_origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_plum_week(folder / "feeds")
    command = [sys.executable, "-m", "cli", "--data", str(folder / "data"), "load", "--day", "2026-04-20"]
    command.append(str(folder / "feeds"))
    loaded = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own command
    assert loaded.returncode == 0, loaded.stdout
    with serving(folder / "data") as address:
        yield address


@pytest.fixture(scope="module")
def reader(chromium: Browser, hostile_origin: str) -> Iterator[tuple[Walker, Page]]:
    """Yield a reader with one tab, for to open one takes longer than a page."""
    shared = Walker(chromium, hostile_origin)
    yield shared, shared.page("/healthz")
    shared.close()


@pytest.fixture
def hostile(reader: tuple[Walker, Page]) -> Iterator[Page]:
    """Yield the tab; what is wrong with the pages that it shows fails the test."""
    walker, tab = reader
    yield tab
    faults, walker.faults = walker.faults, []
    assert faults == []


def content_of(address: str) -> bytes:
    """Return what is at an address; what has to be worked out first is asked for again, as the server says."""
    give_up_at = time.monotonic() + WORKED_OUT_WITHIN_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own address
                return bytes(answer.read())
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > give_up_at:
                raise
            time.sleep(1)


# Every fourth page is opened here, all of them in the soak: all escape by the same rule.
@pytest.fixture(
    scope="module", params=[pytest.param(1, id="every", marks=pytest.mark.soak), pytest.param(4, id="fourth")]
)
def downloads(hostile_origin: str, request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Return every file that a page offers, by its address."""
    offered: set[str] = set()
    for address in list(PAGES.values())[:: request.param]:
        tags = re.findall(r"<a [^>]*\bdownload\b[^>]*>", text_of(hostile_origin, address, "en"))
        links = [unescape(re.findall(r'href="([^"]*)"', tag)[0]) for tag in tags]
        offered |= {link for link in links if link.startswith("/v1/")}
    found = {}
    for link in sorted(offered):
        found[link] = content_of(hostile_origin + quote(link, safe="/?&=%"))
    return found


def in_form(downloads: dict[str, bytes], form: str) -> list[tuple[str, bytes]]:
    found = [(link, body) for link, body in downloads.items() if parse_qs(urlsplit(link).query)["format"] == [form]]
    assert found, f"no page offers {form}"
    return found


def tree_of(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)  # noqa: S314 - written by our own server


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.soak] if place % 4 else []) for place, name in enumerate(PAGES)]
)
def test_nothing_runs_and_nothing_leads_astray_on(name: str, hostile: Page, hostile_origin: str) -> None:
    hostile.goto(filled(hostile_origin, PAGES[name]))
    assert hostile.evaluate(HARMED)
    targets = hostile.locator("a, form").evaluate_all("them => them.map(it => it.getAttribute('href') || it.action)")
    assert [target for target in targets if target.strip().lower().startswith("javascript:")] == []
    # Whoever comes over a drawing, or reaches it by keyboard.
    hostile.locator("svg, svg *").evaluate_all(
        "them => them.forEach(it => ['mouseover', 'mouseenter', 'focus', 'click'].forEach("
        "what => it.dispatchEvent(new Event(what, {bubbles: what === 'mouseover'}))))"
    )
    assert hostile.evaluate(HARMED)


def test_a_hostile_name_is_read_as_it_was_written(hostile: Page) -> None:
    hostile.goto("/areas/350624")
    text = hostile.locator("main").inner_text()
    assert sum(name.replace("\u202e", "") in text.replace("\u202e", "") for name in NAMES) >= 3


def test_no_cell_of_a_csv_begins_as_a_formula(downloads: dict[str, bytes]) -> None:
    for link, body in in_form(downloads, "csv"):
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            risky = [cell for cell in row if cell.startswith(FORMULA_SIGNS) and not _is_number(cell)]
            assert risky == [], link


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(downloads: dict[str, bytes]) -> None:
    for link, body in in_form(downloads, "xlsx"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            assert sheets
            for sheet in sheets:
                tags = {element.tag.rpartition("}")[2] for element in tree_of(book.read(sheet)).iter()}
                assert "c" in tags, link
                assert not tags & {"f", "hyperlink"}, link


def test_a_drawing_is_sound_and_holds_no_script(downloads: dict[str, bytes]) -> None:
    for link, body in in_form(downloads, "svg"):
        drawing = tree_of(body)
        tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
        names = {name.rpartition("}")[2].lower() for element in drawing.iter() for name in element.attrib}
        assert "text" in tags, link
        assert not tags & {"script", "foreignObject", "image"}, link
        assert [name for name in names if name.startswith("on")] == [], link


def test_graphml_is_sound(downloads: dict[str, bytes]) -> None:
    for link, body in in_form(downloads, "graphml"):
        assert tree_of(body).tag.endswith("graphml"), link


def test_the_page_to_mail_runs_nothing_but_its_own_drawing(
    downloads: dict[str, bytes], chromium: Browser, tmp_path: Path
) -> None:
    for number, (link, body) in enumerate(in_form(downloads, "html")):
        file = tmp_path / f"{number}.html"
        file.write_bytes(body)
        page = chromium.new_page()
        asked: list[str] = []

        def note(request: Request, asked: list[str] = asked) -> None:
            asked.append(request.url)

        page.on("request", note)
        page.goto(file.as_uri())
        page.wait_for_selector("canvas")
        page.mouse.move(300, 200)
        assert page.evaluate(HARMED), link
        outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
        assert outside == [], link
        page.close()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
