"""The drawing of how help flows by a plan."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest

from analysis.drawing.assist_flow import assist_flow_svg
from analysis.questions.assist_flow_answer import AssistFlow, AssistFlowBand, AssistFlowStop
from graph_schema.messages import Language

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<img src=x onerror="alert(1)">'
SUMS = {"cost_fen": 100, "help_count": 1, "household_count": 1}


def stop(stop_id: str, column: str, name: str | None, covered_fen: int = 100, more_count: int = 0) -> AssistFlowStop:
    given = {"id": stop_id, "column": column, "name": name, "covered_fen": covered_fen, "more_count": more_count}
    return AssistFlowStop.model_validate({**given, "party_id": stop_id if name else None, **SUMS})


def flow() -> AssistFlow:
    stops = (
        stop("a", "agency", "Bureau"),
        stop("p", "programme", NASTY),
        stop("direct/enterprise", "enterprise", None),
        stop("more/cooperative", "cooperative", None, more_count=3),
        stop("v", "village", "Upper"),
    )
    bands = tuple(
        AssistFlowBand.model_validate({"from_id": one.id, "to_id": other.id, "covered_fen": 100, **SUMS})
        for one, other in pairwise(stops)
    )
    sums = {"hidden_count": 0, "covered_fen": 100, "household_count": 1}
    return AssistFlow(as_of=date(2026, 5, 20), is_made_up=True, stops=stops, bands=bands, **sums)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_bar_and_band_says_what_it_is_and_nothing_runs(language: Language) -> None:
    text = assist_flow_svg(flow(), language, href=lambda kind, at: f"#{kind}-{at}")
    drawn = fromstring(text)  # noqa: S314 - our own drawing
    spoken = [title.text for title in drawn.iter(f"{SVG}title")]
    assert len(spoken) == 1 + 4 + 5
    assert all(spoken)
    assert NASTY in "".join(text or "" for text in spoken)
    assert [link.get("href") for link in drawn.iter(f"{SVG}a")] == ["#Agency-a", "#Programme-p", "#Area-v"]


def test_a_column_without_a_party_and_several_as_one_are_told_in_words() -> None:
    drawn = assist_flow_svg(flow(), "en")
    assert "without an enterprise" in drawn
    assert "3 more cooperatives" in drawn


def test_without_help_it_says_so() -> None:
    empty = flow().model_copy(update={"stops": (), "bands": ()})
    assert "gives no help" in re.sub(r"\s+", " ", assist_flow_svg(empty, "en"))
