"""The words of the pages: each in both languages, each used, and none of them in a template."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from api.pages.rendering import environment
from api.pages.words import worded, wordings

API = Path(__file__).resolve().parents[2] / "api"
TEMPLATES = sorted((API / "templates").glob("*.j2"))
CODES = sorted(wordings())
# A code in a call, and one that is put together from a beginning and something else.
WHOLE = re.compile(r"""["']([a-z]+(?:_[a-z]+)*\.[A-Za-z0-9_\-]+)["']""")
BEGUN = re.compile(r"""["']([a-z]+(?:_[a-z]+)*\.[A-Za-z0-9_\-]*)["']\s*~|f["']([a-z_]+\.[A-Za-z0-9_]*)\{""")
TAG = re.compile(r"<[^>]*>", re.DOTALL)


def texts() -> Iterator[str]:
    for file in [*TEMPLATES, *sorted((API / "pages").glob("*.py"))]:
        yield file.read_text(encoding="utf-8")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_of_a_wording_fill_the_same_places(code: str) -> None:
    wording = wordings()[code]
    assert wording.en.strip()
    assert wording.zh.strip()
    assert places(wording.en) == places(wording.zh)
    if wording.en_one is not None:
        assert places(wording.en_one) <= places(wording.en)


def test_every_wording_that_a_page_asks_for_is_there() -> None:
    pages = {code.partition(".")[0] for code in CODES}
    asked = {code for text in texts() for code in WHOLE.findall(text) if code.partition(".")[0] in pages}
    begun = {first or second for text in texts() for first, second in BEGUN.findall(text)}
    assert sorted(asked - set(CODES) - begun) == []


def test_every_wording_is_used_by_a_page() -> None:
    asked = {code for text in texts() for code in WHOLE.findall(text)}
    begun = tuple({first or second for text in texts() for first, second in BEGUN.findall(text)} - {""})
    assert [code for code in CODES if code not in asked and not code.startswith(begun)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    data = "".join(
        value if kind == "data" else " " for _, kind, value in environment().lex(template.read_text(encoding="utf-8"))
    )
    assert re.findall(r"[^\W\d_]{2,}", TAG.sub(" ", data)) == []


def test_what_fills_a_place_is_escaped_and_markup_stays() -> None:
    link = Markup('<a href="/">x</a>')
    assert worded("error.what_next", "en", back=link).count("<a") == 1
    assert "<b>" not in worded("error.request", "en", id="<b>")


def test_one_thing_is_told_in_the_singular() -> None:
    assert worded("start.days", "en", count=1) == "1 day"
    assert worded("start.days", "en", count="2") == "2 days"
    assert worded("start.days", "zh", count=1) == "1天"
