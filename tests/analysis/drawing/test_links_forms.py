"""Drawings and files of an answer to `assistance`, on the tiny graph (drawn in tests/tiny/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from analysis.drawing.links_forms import (
    LinksDrawing,
    links_as_networkx,
    links_graphml,
    links_html,
    links_node_link,
    links_svg,
)
from analysis.questions.assistance import assistance
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.questions.assistance_filters import AssistanceAsked
from graph_schema import Schema
from graph_schema.messages import LANGUAGES, Language
from graph_store import open_store

DAY = date(2026, 5, 20)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def answer(tiny_snapshot: Path, schema: Schema) -> Iterator[AssistanceAnswer]:
    store = open_store(f"embedded:{tiny_snapshot}", schema, read_only=True)
    yield assistance(store, schema, AssistanceAsked(), day=DAY)
    store.close()


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def texts(drawing: str) -> str:
    return " ".join(text for element in parsed(drawing).iter() for text in element.itertext())


@pytest.mark.parametrize("drawing", get_args(LinksDrawing))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_is_a_named_group_without_script_style_or_anything_fetched(
    answer: AssistanceAnswer, language: Language, drawing: LinksDrawing
) -> None:
    text = links_svg(answer, language, drawing)
    root = parsed(text)
    assert root.get("role") == "group"
    assert [element for element in root.iter() if element.tag in (f"{SVG}script", f"{SVG}style")] == []
    assert " style=" not in text
    assert " href=" not in text
    assert text.count("http") == 1


@pytest.mark.parametrize("drawing", get_args(LinksDrawing))
def test_every_box_is_a_link_where_addresses_are_given_and_says_its_name_first(
    answer: AssistanceAnswer, drawing: LinksDrawing
) -> None:
    asked: list[tuple[str, str]] = []

    def href(kind: str, node_id: str) -> str:
        asked.append((kind, node_id))
        return f"/see?kind={kind}&id={node_id}"

    root = parsed(links_svg(answer, "en", drawing, href=href))
    found = root.findall(f".//{SVG}a")
    assert len(found) == len(asked) > 5
    assert root.findall(f".//{SVG}g[@tabindex]") == []
    for link in found:
        (title,) = [element for element in link.iter() if element.tag == f"{SVG}title"]
        shown = next(element for element in link.iter() if element.tag == f"{SVG}text")
        assert (title.text or "").startswith((shown.text or "").rstrip("…"))


def test_what_is_missing_is_broken_and_worded(answer: AssistanceAnswer) -> None:
    drawing = links_svg(answer, "en")
    assert {"No programme", "No contract", "No cooperative"} <= {
        (element.text or "").strip() for element in parsed(drawing).iter(f"{SVG}text")
    }
    # pr3 works with c2 itself: the words stand on the line.
    assert "no enterprise" in texts(drawing)
    assert 'stroke-dasharray="7 5"' in drawing
    assert "the chain is broken here" in texts(drawing)
    assert "缺合同" in texts(links_svg(answer, "zh"))


def test_the_flow_tells_the_number_of_each_bar(answer: AssistanceAnswer) -> None:
    told = texts(links_svg(answer, "en", "flow"))
    # c1 has h1 and h2, c2 has h2, h4 and h5; h3, h4 and h7 are left out, of whom h7 stands on two chains.
    assert "青梅合作社: 2 households" in told
    assert "石溪果业合作社: 3 households" in told
    assert "揭阳青梅加工厂 to 青梅合作社: 2 households" in told


def test_drawings_say_that_data_are_made_up(answer: AssistanceAnswer) -> None:
    assert "made-up data" in texts(links_svg(answer, "en"))
    assert "虚构数据" in texts(links_svg(answer, "zh", "flow"))


def test_a_drawing_may_be_cut_to_few_boxes(answer: AssistanceAnswer) -> None:
    root = parsed(links_svg(answer, "en", max_nodes=14))
    assert len(root.findall(f".//{SVG}g[@tabindex]")) <= 14
    assert "more" in texts(links_svg(answer, "en", max_nodes=14))


def test_the_graph_goes_to_networkx_and_graphml_and_back(answer: AssistanceAnswer) -> None:
    graph = links_as_networkx(answer)
    assert graph.nodes["Households/Cooperative/c2"]["without_help_count"] == 1
    assert graph.edges["Programme/pr3", "Cooperative/c2"]["missing"] == "enterprise"
    assert graph.edges["Enterprise/e1", "Cooperative/c1"]["contracts"] == "e1-c1-1"
    again = nx.parse_graphml(links_graphml(answer))
    assert {name: again.nodes[name] for name in again} == {name: graph.nodes[name] for name in graph}
    read = nx.node_link_graph(links_node_link(answer), edges="edges")
    assert set(read.edges) == set(graph.edges)


def test_one_file_to_mail_needs_nothing_else_and_names_its_columns_by_help(answer: AssistanceAnswer) -> None:
    page = links_html(answer, "en")
    assert "No cooperative" in page
    assert '<th scope="col">Missing</th>' in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_names_that_would_be_markup_stay_text(answer: AssistanceAnswer) -> None:
    first = next(chain for chain in answer.chains.rows if chain.is_whole)
    assert first.cooperative is not None
    named = first.cooperative.model_copy(update={"name": '<script>alert(1)</script>" onload="x'})
    chains = answer.chains.model_copy(update={"rows": (first.model_copy(update={"cooperative": named}),)})
    strange = answer.model_copy(update={"chains": chains})
    for text in (links_svg(strange, "en", "links"), links_svg(strange, "en", "flow")):
        assert "<script" not in text
        assert 'onload="' not in text
        parsed(text)
    assert "<script>alert" not in links_html(strange, "en")
