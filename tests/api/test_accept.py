"""Language and media type by the weights that a request gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.accept import preferred_language, preferred_media_type

JSON, SVG = "application/json", "image/svg+xml"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("zh", "zh"),
        ("zh-Hans-CN", "zh"),
        ("ZH-cn", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.3, zh;q=0.7", "zh"),
        ("fr, de;q=0.9, zh;q=0.1", "zh"),
        ("fr", "en"),
        ("zh, en", "zh"),
        ("en, zh", "en"),
        ("*", "en"),
        ("en;q=0, *", "zh"),
        ("zh;q=0", "en"),
        ("zh;q=0, *;q=0.5", "en"),
        # A weight that cannot be read weighs nothing.
        ("zh;q=nan, en;q=0.1", "en"),
        ("zh;q=-1, en;q=0.1", "en"),
        ("zhuang", "en"),
    ],
)
def test_the_language_that_weighs_most_is_spoken(header: str, language: str) -> None:
    assert preferred_language(header) == language


@pytest.mark.parametrize(
    ("header", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/html", JSON),
        ("image/*", SVG),
        ("application/json;q=0.5, image/svg+xml;q=0.6", SVG),
        # The most specific range counts: SVG itself is weighed down, other images are not.
        ("image/svg+xml;q=0.1, image/*;q=0.9, application/json;q=0.5", JSON),
        ("application/json;q=0, */*", SVG),
    ],
)
def test_the_media_type_that_weighs_most_is_sent(header: str, media_type: str) -> None:
    assert preferred_media_type(header, [JSON, SVG]) == media_type


@given(st.text())
def test_whatever_a_header_holds_something_is_chosen(header: str) -> None:
    assert preferred_language(header) in ("en", "zh")
    assert preferred_media_type(header, [JSON, SVG]) in (JSON, SVG)
