"""The picture of why a household is at risk."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from analysis.drawing.picture import MOST_NODES, Picture, PictureLink
from analysis.drawing.why_picture import told_chains, why_picture, why_svg
from graph_schema.messages import Language
from tests.analysis.drawing.explained import explained, link, node, state

SPACE = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own drawing


def arrow(picture: Picture, start: str, end: str) -> PictureLink:
    return next(each for each in picture.links if (each.from_id, each.to_id) == (start, end))


def test_an_arrow_says_the_strength_in_general_and_here_the_grade_and_what_amplifies_it() -> None:
    picture = why_picture(explained(), "en")
    assert arrow(picture, "M02", "O02").text == "0.40→0.50 B ↑A01"
    assert arrow(picture, "M01", "O02").text == "0.80 C"
    assert arrow(picture, "O02", "O06").text == "by definition"


def test_an_arrow_is_as_thick_as_the_link_is_strong_here() -> None:
    assert [each.share for each in why_picture(explained(), "en").links] == [0.5, 0.25, 0.8, 1.0]


def test_an_arrow_tells_a_screen_reader_both_strengths_the_grade_and_the_source_by_its_title() -> None:
    assert arrow(why_picture(explained(), "en"), "A01", "M01").details == (
        "Cause A01 leads to Cause M01: strength 0.25 at this household, 0.60 in general, within 700 days, evidence "
        "grade B: Made-up study"
    )


def test_what_acts_only_after_the_year_has_a_line_of_its_own() -> None:
    picture = why_picture(explained(), "en")
    assert [(each.from_id, each.is_slow) for each in picture.links if each.is_slow] == [("A01", True)]
    drawing = parsed(why_svg(explained(), "en"))
    assert [path.get("stroke-dasharray") for path in drawing.iter(f"{SPACE}path")].count("12 4") == 2


def test_the_strongest_chain_and_its_rival_are_numbered_on_their_arrows() -> None:
    picture = why_picture(explained(), "en")
    assert arrow(picture, "M02", "O02").stories == (1,)
    assert arrow(picture, "A01", "M01").stories == (2,)
    assert arrow(picture, "O02", "O06").stories == (1, 2)
    assert picture.stories == (
        "Strongest chain to Cause O06, 0.50: Cause M02 → Cause O02 → Cause O06",
        "Rival chain, from another finding, 0.20: Cause A01 → Cause M01 → Cause O02 → Cause O06",
    )
    texts = [element.text or "" for element in parsed(why_svg(explained(), "en")).iter(f"{SPACE}text")]
    assert "① 0.40→0.50 B ↑A01" in texts
    assert "① ② by definition" in texts


def test_where_no_chain_reaches_the_target_those_of_another_state_are_told() -> None:
    assert told_chains(explained(states=(state("O02", 0, 2), state("O06", None)))) == (0, 2)
    assert told_chains(explained(states=())) == ()


def test_a_box_says_how_sure_a_finding_is_and_how_likely_the_rest_is() -> None:
    boxes = {each.id: each for each in why_picture(explained(), "en").nodes}
    assert (boxes["M02"].look, boxes["M02"].note, boxes["M02"].level) == ("confirmed", "confirmed", 3)
    assert (boxes["A01"].note, boxes["A01"].level, boxes["A01"].bar) == ("suspected 60%", 1, (0.6, 0.0))
    assert (boxes["M01"].note, boxes["M01"].bar) == ("may come: 0.25", (0.25, 0.0))
    assert (boxes["E03"].look, boxes["E03"].level, boxes["E03"].bar) == ("refuted", None, (0.0, 0.0))
    assert boxes["M02"].details == "severity 0.60; since 2026-03-01; adds 0.40 to the risk"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_box_and_arrow_is_a_link_with_a_name(language: Language) -> None:
    drawing = parsed(
        why_svg(
            explained(),
            language,
            address_of=lambda code: f"#cause-{code}",
            link_address_of=lambda link_id: f"#link-{link_id}",
        )
    )
    names = {title.get("id"): title.text for title in drawing.iter(f"{SPACE}title")}
    links = list(drawing.iter(f"{SPACE}a"))
    assert {each.get("href") for each in links} == {
        *(f"#cause-{code}" for code in ("A01", "E03", "M01", "M02", "O02", "O06")),
        *(f"#link-{link_id}" for link_id in ("K1", "K2", "K3", "K9")),
    }
    assert all(names[each.get("aria-labelledby")] for each in links)


def test_an_arrow_that_leads_nowhere_is_an_image_with_a_name() -> None:
    drawing = parsed(why_svg(explained(), "en"))
    names = {title.get("id"): title.text for title in drawing.iter(f"{SPACE}title")}
    arrows = [each for each in drawing.iter(f"{SPACE}g") if each.get("role") == "img" and each.get("tabindex") is None]
    assert len(arrows) == 4
    assert all(names[each.get("aria-labelledby")] for each in arrows)


def test_what_is_hidden_is_counted_and_not_drawn() -> None:
    remarks = why_picture(explained(), "en", with_notices=False).remarks
    assert remarks == (
        "Sensitive causes found and not drawn: 2. The risk counts them all the same.",
        "Chains over a sensitive cause that are not drawn: 3.",
    )
    assert why_picture(explained(hidden_count=0, hidden_chain_count=0), "en", with_notices=False).remarks == ()


def test_never_more_than_three_hundred_boxes_are_drawn_and_what_was_found_is_among_them() -> None:
    others = [node(f"X{number:03}", "intermediate", None, 0.1) for number in range(400)]
    answer = explained(nodes=(*others, node("M02", "root", "confirmed", 1.0)), links=(), states=(), chains=())
    drawing = parsed(why_svg(answer, "en", max_nodes=1000, address_of=lambda code: f"#{code}"))
    boxes = [each.get("href") for each in drawing.iter(f"{SPACE}a")]
    assert len(boxes) == MOST_NODES
    assert "#M02" in boxes
    assert "101 more are not drawn" in why_svg(answer, "en", max_nodes=1000)


def test_an_explanation_without_anything_found_is_still_a_drawing() -> None:
    assert parsed(why_svg(explained(nodes=(), links=(), states=(), chains=(), findings=()), "zh")).tag == f"{SPACE}svg"


def test_a_title_of_a_source_stays_text() -> None:
    hostile = "</title><script>alert(1)</script>"
    source = {"key": "T1", "grade": "B", "title": hostile, "address": None}
    answer = explained(links=(link("K1", "M02", "O02", strength=0.4, here=0.4, sources=(source,)),), states=())
    assert "<script" not in why_svg(answer, "en")
    assert any(hostile in (title.text or "") for title in parsed(why_svg(answer, "en")).iter(f"{SPACE}title"))
