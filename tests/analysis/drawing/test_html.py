from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from analysis.drawing.html import html, vis_network_script
from analysis.drawing.picture import Picture, PictureLink, PictureNode
from analysis.errors import QuestionError

HOSTILE = (
    "</script></title><script>alert(1)</script><img src=x onerror=alert(1)> href <a href='javascript:alert(1)'>x</a>"
)


class Page(HTMLParser):
    """Collects the elements and attributes that a browser would see, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        (self.scripts if self.cdata_elem == "script" else self.texts).append(data)


@pytest.fixture
def hostile_page(picture_of: Callable[..., Picture]) -> Page:
    nodes = [
        PictureNode(id=HOSTILE, name=HOSTILE, note=HOSTILE, code=HOSTILE, details=HOSTILE, tint=HOSTILE),
        PictureNode(id="b", name="B"),
    ]
    links = [PictureLink(HOSTILE, "b", text=HOSTILE, details=HOSTILE)]
    return Page(html(picture_of(nodes, links, title=HOSTILE, stories=(HOSTILE,))))


def test_what_a_feed_wrote_makes_no_element(hostile_page: Page, picture_of: Callable[..., Picture]) -> None:
    tame = Page(
        html(picture_of([PictureNode(id="a", name="A"), PictureNode(id="b", name="B")], [PictureLink("a", "b")]))
    )
    known = {tag for tag, _ in tame.elements} | {"p", "b"}
    assert {tag for tag, _ in hostile_page.elements} <= known
    assert len([tag for tag, _ in hostile_page.elements if tag == "script"]) == 2


def test_what_a_feed_wrote_makes_no_handler_and_no_address(hostile_page: Page) -> None:
    names = {name for _, attributes in hostile_page.elements for name in attributes}
    assert not any(name.startswith("on") or name in {"href", "src", "style", "srcdoc"} for name in names)


def test_what_a_feed_wrote_is_read_in_the_table(hostile_page: Page) -> None:
    assert hostile_page.texts.count(HOSTILE) >= 4


def test_the_graph_is_handed_over_as_data_that_cannot_end_its_script(hostile_page: Page) -> None:
    found = re.search(r"^const graph = (.*);$", hostile_page.scripts[-1], re.MULTILINE)
    assert found is not None
    assert "<" not in found[1]
    assert json.loads(found[1])["nodes"][0]["title"].startswith(HOSTILE)


def test_only_scripts_with_our_nonce_may_run_and_nothing_may_be_fetched(hostile_page: Page) -> None:
    policy = next(
        attributes["content"] or ""
        for tag, attributes in hostile_page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    nonces = {attributes.get("nonce") for tag, attributes in hostile_page.elements if tag in {"script", "style"}}
    assert len(nonces) == 1
    assert f"script-src 'nonce-{nonces.pop()}'" in policy
    assert "default-src 'none'" in policy


def test_the_page_names_no_file_outside_itself(picture_of: Callable[..., Picture]) -> None:
    text = html(picture_of([PictureNode(id="a", name="A")])).replace(vis_network_script(), "")
    assert not re.search(r"https?:|//[a-z]|src=|@import|url\(|<link", text)


def test_the_library_inside_names_no_map_of_its_source() -> None:
    assert "sourceMappingURL" not in vis_network_script()


def test_boxes_stand_where_the_layout_puts_them(picture_of: Callable[..., Picture]) -> None:
    nodes = [PictureNode(id=name, name=name) for name in "ab"]
    page = Page(html(picture_of(nodes, [PictureLink("a", "b")])))
    found = re.search(r"^const graph = (.*);$", page.scripts[-1], re.MULTILINE)
    assert found is not None
    places = {node["id"]: node["x"] for node in json.loads(found[1])["nodes"]}
    assert places["a"] < places["b"]
    assert "physics: false" in page.scripts[-1]


def test_the_same_picture_gives_the_same_page(picture_of: Callable[..., Picture]) -> None:
    picture = picture_of([PictureNode(id="a", name="A")])
    assert html(picture) == html(picture)


def test_without_pyvis_the_error_says_what_to_install(
    picture_of: Callable[..., Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(QuestionError) as caught:
        html(picture_of([PictureNode(id="a", name="A")]))
    assert caught.value.code == "needs_extra"
    assert "pip install plumline[html]" in caught.value.text("zh")
