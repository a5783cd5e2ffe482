from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from analysis.drawing.picture import Look, Picture, PictureLink, PictureNode
from analysis.drawing.svg import svg
from graph_schema.messages import Language

SPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script><img src=x onerror=alert(1)> href=\"javascript:alert(1)\" & 'x' ]]> \x00\x1b"


@pytest.fixture
def parsed() -> Callable[[str], ElementTree.Element]:
    return lambda text: ElementTree.fromstring(text)  # noqa: S314 (our own output)


def test_every_box_is_reached_by_the_keyboard_and_named_by_what_is_read_on_it(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    nodes = [
        PictureNode(id="a", name="No sales channel", note="confirmed", details="since 2026-03-01"),
        PictureNode(id="b", name="Unsold surplus", note="can follow", href="/v1/causes/M02"),
    ]
    drawing = parsed(svg(picture_of(nodes, [PictureLink("a", "b")])))
    stops = [element for element in drawing.iter() if element.get("tabindex") == "0" or element.get("href")]
    names = {element.get("id"): element.text for element in drawing.iter(f"{SPACE}title")}
    assert [names[stop.get("aria-labelledby")] for stop in stops] == [
        "No sales channel confirmed. since 2026-03-01. leads to Unsold surplus",
        "Unsold surplus can follow",
    ]
    assert stops[1].tag == f"{SPACE}a"


def test_the_drawing_has_a_title_a_description_and_a_language(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    drawing = parsed(svg(picture_of([PictureNode(id="a", name="缺销路")], language="zh"), id_prefix="p1"))
    assert (drawing.get("role"), drawing.get("lang")) == ("group", "zh-CN")
    assert drawing.get("aria-labelledby") == "p1-title p1-desc"
    assert [drawing.findtext(f"{SPACE}{part}") for part in ("title", "desc")] == ["Title", "Description"]


def test_ids_of_two_drawings_on_one_page_differ(picture_of: Callable[..., Picture]) -> None:
    picture = picture_of([PictureNode(id="a", name="A")])
    one, other = (set(re.findall(r'id="([^"]*)"', svg(picture, id_prefix=prefix))) for prefix in ("one", "other"))
    assert one
    assert one.isdisjoint(other)


def test_what_a_feed_wrote_stays_text(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    nodes = [
        PictureNode(id=HOSTILE, name=HOSTILE, note=HOSTILE, code=HOSTILE, details=HOSTILE, tint=HOSTILE),
        PictureNode(id="b", name="B"),
    ]
    links = [PictureLink(HOSTILE, "b", text=HOSTILE, details=HOSTILE)]
    drawing = parsed(svg(picture_of(nodes, links, title=HOSTILE, stories=(HOSTILE,))))
    allowed = {"svg", "title", "desc", "g", "rect", "path", "polygon", "text", "tspan", "circle", "a"}
    assert {element.tag.removeprefix(SPACE) for element in drawing.iter()} <= allowed
    assert not any(name.startswith("on") or "href" in name for element in drawing.iter() for name in element.attrib)


def test_nothing_is_fetched_and_no_style_sheet_is_needed(picture_of: Callable[..., Picture]) -> None:
    text = svg(picture_of([PictureNode(id="a", name="A", look="confirmed")], [], title="T"))
    assert re.findall(r"https?://[^\"']*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<style|<script|<image|<use|@import|url\(|class=", text)


@pytest.mark.parametrize("look", ["confirmed", "suspected", "refuted", "possible", "counted"])
def test_how_sure_a_box_is_shows_without_colour(
    look: Look, picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    def strokes(of: Look) -> tuple[str | None, str | None, str | None]:
        drawing = parsed(svg(picture_of([PictureNode(id="a", name="A", look=of)])))
        stop = next(element for element in drawing.iter() if element.get("tabindex") == "0")
        frame = next(stop.iter(f"{SPACE}rect"))
        return frame.get("stroke-width"), frame.get("stroke-dasharray"), frame.get("rx")

    others: set[Look] = {"confirmed", "suspected", "refuted", "possible", "counted"}
    assert all(strokes(look) != strokes(other) for other in others - {look})


@pytest.mark.parametrize(("language", "words"), [("en", "7 more are not drawn"), ("zh", "另有 7 个未画出")])
def test_what_is_not_drawn_is_counted_in_words(
    language: Language, words: str, picture_of: Callable[..., Picture]
) -> None:
    picture = picture_of([PictureNode(id=f"n{number}", name="N") for number in range(10)], language=language)
    assert words in svg(picture, max_nodes=3)


def test_the_strength_stands_on_its_link_and_sets_its_width(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    nodes = [PictureNode(id=name, name=name) for name in "abc"]
    links = [PictureLink("a", "b", text="0.2", share=0.2), PictureLink("b", "c", text="0.6", share=0.6)]
    drawing = parsed(svg(picture_of(nodes, links)))
    assert {"0.2", "0.6"} <= {element.text for element in drawing.iter(f"{SPACE}text")}
    # 0.9 + 2.6 x strength: 1.42 and 2.46.
    assert {"1.42", "2.46"} <= {element.get("stroke-width") for element in drawing.iter(f"{SPACE}path")}


def test_an_empty_picture_is_still_a_drawing(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    assert parsed(svg(picture_of([]))).tag == f"{SPACE}svg"


def test_a_picture_of_feedback_only_is_drawn(
    picture_of: Callable[..., Picture], parsed: Callable[[str], ElementTree.Element]
) -> None:
    nodes = [PictureNode(id="a", name="A"), PictureNode(id="b", name="B")]
    links = [PictureLink("b", "a", text="0.4", is_feedback=True), PictureLink("a", "b")]
    drawing = parsed(svg(picture_of(nodes, links)))
    assert len([path for path in drawing.iter(f"{SPACE}path") if path.get("stroke-dasharray") == "2 5"]) == 2
