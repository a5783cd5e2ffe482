from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.causes.parts import (
    Amplification,
    CauseLink,
    CauseNode,
    Chain,
    Finding,
    HouseholdCounts,
    StateReached,
)
from analysis.drawing.cause_picture import cause_picture
from analysis.questions.answer import Asked
from analysis.questions.cause_graph import CauseGraphAnswer


@pytest.fixture
def finding() -> Finding:
    return Finding(
        status="suspected",
        severity=0.8,
        confidence=0.6,
        onset_on=date(2026, 3, 1),
        ended_on=None,
        evidence=(),
        shocks=(),
    )


@pytest.fixture
def node_of() -> Callable[..., CauseNode]:
    def node(code: str, **given: object) -> CauseNode:
        known: dict[str, object] = {
            "code": code,
            "name_en": f"cause {code}",
            "name_zh": f"原因{code}",
            "dimension": code[0],
            "cause_kind": "state" if code.startswith("O") else "root",
            "is_sensitive": False,
            "is_reached": True,
            "finding": None,
            "households": None,
            "amplifies": (),
        }
        return CauseNode.model_validate(known | given)

    return node


@pytest.fixture
def answer_of() -> Callable[..., CauseGraphAnswer]:
    def answer(nodes: list[CauseNode], **given: object) -> CauseGraphAnswer:
        known: dict[str, object] = {
            "version": "cause-graph/1",
            "asked": Asked(kind="Household", id="h1", name_en=None, name_zh=None),
            "as_of": date(2026, 5, 20),
            "is_made_up": False,
            "notices": (),
            "household_count": None,
            "hidden_count": 0,
            "nodes": tuple(nodes),
            "links": (),
            "feedback_links": (),
            "states": (),
            "chains": (),
            "ended": (),
            "places": (),
        }
        return CauseGraphAnswer.model_validate(known | given)

    return answer


@pytest.fixture
def link() -> CauseLink:
    return CauseLink(
        link_id="K57",
        from_code="V01",
        to_code="O02",
        strength=0.6,
        is_definition=False,
        lag_days=180,
        is_feedback=False,
        evidence_grade="A",
        sources=("T29",),
        opposing_sources=("T35",),
    )


def test_a_suspected_finding_says_how_sure_and_how_severe(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode], finding: Finding
) -> None:
    (box,) = cause_picture(answer_of([node_of("M03", finding=finding)]), "en").nodes
    # Severity 0.8 is four of five dots.
    assert (box.name, box.look, box.note, box.level) == ("Cause M03", "suspected", "suspected 60%", 4)
    assert box.details == "severity 0.8; since 2026-03-01"


def test_what_is_not_found_can_follow(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode]
) -> None:
    (box,) = cause_picture(answer_of([node_of("O02")]), "zh").nodes
    assert (box.name, box.look, box.note, box.is_end) == ("原因O02", "possible", "可能随之发生", True)


def test_the_boxes_of_an_area_say_how_many_households(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode]
) -> None:
    counts = [
        HouseholdCounts(confirmed=confirmed, suspected=suspected)
        for confirmed, suspected in [(2, 1), (0, 4), (3, 0), (0, 0)]
    ]
    nodes = [node_of(f"M0{number}", households=count) for number, count in enumerate(counts)]
    boxes = cause_picture(answer_of(nodes, household_count=10), "en").nodes
    assert [box.note for box in boxes] == ["2 + 1 suspected", "4 suspected", "3 confirmed", "can follow"]
    assert [box.bar for box in boxes] == [(0.2, 0.1), (0.0, 0.4), (0.3, 0.0), (0.0, 0.0)]


def test_a_link_says_its_strength_lag_evidence_and_what_speaks_against_it(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode], link: CauseLink
) -> None:
    (arrow,) = cause_picture(answer_of([node_of("V01"), node_of("O02")], links=(link,)), "en").links
    assert arrow.details == (
        "Cause V01 leads to Cause O02: strength 0.6, within 180 days, evidence A, source T29; opposite finding: T35"
    )


def test_an_amplified_link_names_the_finding_that_makes_it_stronger_or_weaker(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode], link: CauseLink
) -> None:
    nodes = [
        node_of("V01"),
        node_of("O02"),
        node_of("S06", amplifies=(Amplification(link_id="K57", factor=1.3),)),
        node_of("F01", amplifies=(Amplification(link_id="K57", factor=0.7),)),
    ]
    (arrow,) = cause_picture(answer_of(nodes, links=(link,)), "en").links
    assert (arrow.text, arrow.is_amplified) == ("0.6 ↑S06 ↓F01", True)


def test_the_strongest_chain_is_told_and_marked_on_its_links(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode], link: CauseLink
) -> None:
    answer = answer_of(
        [node_of("V01"), node_of("O02")],
        links=(link,),
        states=(StateReached(code="O02", strongest=0, rival=None),),
        chains=(Chain(link_ids=("K57",), codes=("V01", "O02"), strength=0.6, lag_days=180),),
    )
    picture = cause_picture(answer, "zh")
    assert picture.stories == ("通向“原因O02”的最强原因链，0.6：原因V01 → 原因O02",)
    assert [arrow.stories for arrow in picture.links] == [(1,)]


def test_made_up_data_are_said_beside_the_title(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode]
) -> None:
    assert cause_picture(answer_of([], is_made_up=True), "en").badge == "made-up data"


def test_what_was_found_is_drawn_before_states_and_these_before_the_rest(
    answer_of: Callable[..., CauseGraphAnswer], node_of: Callable[..., CauseNode], finding: Finding
) -> None:
    boxes = cause_picture(answer_of([node_of("M02"), node_of("M03", finding=finding), node_of("O02")]), "en").nodes
    assert sorted(boxes, key=lambda box: box.rank) == [boxes[1], boxes[2], boxes[0]]
