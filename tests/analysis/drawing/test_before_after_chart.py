"""The drawing of a scenario: for each place two bars in proportion, readable by eye and by screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest

from analysis.drawing.before_after_chart import MOST_PLACES, before_after_chart
from analysis.questions.chains_answer import Listing
from analysis.questions.scenario_answer import (
    Depth,
    HouseholdCrossing,
    PlaceChanged,
    ScenarioAnswer,
    ScenarioAsked,
    Text,
    Totals,
)
from analysis.why.parts import Named

SVG = "{http://www.w3.org/2000/svg}"


def place(area_id: str, before: float, after: float, name: str | None = None) -> PlaceChanged:
    return PlaceChanged(
        area_id=area_id,
        name=name,
        level=None,
        household_count=10,
        touched_count=1,
        moved_count=1,
        expected_before=before,
        expected_after=after,
        high_before=0,
        high_after=1,
        upward_count=1,
        downward_count=0,
        mean_change=after - before,
        largest_change=after - before,
    )


def answer(places: Sequence[PlaceChanged]) -> ScenarioAnswer:
    nothing = Totals(expected_returns=0, mean=0, high_count=0)
    said = Text(text_en="It rains.", text_zh="下雨。")
    return ScenarioAnswer(
        asked=ScenarioAsked(
            code="rain",
            name_en="rain",
            name_zh="雨",
            says=said,
            event=Named(code="V01", name_en="rain", name_zh="雨"),
            values=(),
            area=None,
        ),
        as_of=date(2026, 5, 20),
        is_made_up=True,
        notices=(),
        network_version="vocabulary-1",
        is_learned=False,
        level=0.3,
        show_sensitive=False,
        household_count=0,
        reached_count=0,
        touched_count=0,
        moved_count=0,
        outside_count=0,
        ways=(),
        before=nothing,
        after=nothing,
        before_without_help=nothing,
        after_without_help=nothing,
        depth=Depth(mean_change=0, largest_change=0),
        upward_count=0,
        downward_count=0,
        states=(),
        causes=(),
        measures=(),
        places=tuple(places),
        untouched_place_count=0,
        crossing=Listing[HouseholdCrossing](total=0, rows=(), next_after=None),
        hidden_crossing_count=0,
        published=(),
    )


def drawn(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own drawing


def bars(root: Element) -> list[float]:
    """Return the lengths of the bars of the places, from the top down."""
    found = [each for each in root.iter(f"{SVG}rect") if each.get("height") == "13.0"]
    return [float(str(each.get("width"))) for each in found]


def texts(root: Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def test_the_bars_are_as_long_as_the_returns_are_many() -> None:
    root = drawn(before_after_chart(answer([place("1", 2.0, 4.0), place("2", 1.0, 1.0)]), "en"))
    first, second, third, fourth = bars(root)
    assert second == pytest.approx(2 * first, abs=0.2)
    assert third == fourth == pytest.approx(first / 2, abs=0.2)
    assert {"2.0", "4.0", "1.0"} <= set(texts(root))
    assert root.get("role") == "img"


def test_a_little_stays_visible_and_nothing_has_no_bar() -> None:
    assert bars(drawn(before_after_chart(answer([place("1", 0.0, 100.0), place("2", 0.001, 0.0)]), "en")))[1] == 2.0
    assert len(bars(drawn(before_after_chart(answer([place("1", 0.0, 0.0)]), "en")))) == 0


@pytest.mark.parametrize(("language", "word"), [("en", "in the scenario"), ("zh", "情景之下")])
def test_each_place_is_a_link_with_a_spoken_name(language: str, word: str) -> None:
    told = answer([place("350624101", 2.0, 4.0, "四都镇")])
    root = drawn(before_after_chart(told, "zh" if language == "zh" else "en", link=lambda area_id: f"/areas/{area_id}"))
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "/areas/350624101"
    assert "四都镇" in str(link.get("aria-label"))
    assert word in str(link.get("aria-label"))
    assert root.get("role") == "group"
    assert word in texts(root)


def test_what_does_not_fit_is_counted_and_no_place_is_said() -> None:
    many = [place(str(number), 1.0, 2.0) for number in range(MOST_PLACES + 3)]
    root = drawn(before_after_chart(answer(many), "en"))
    assert len(bars(root)) == 2 * MOST_PLACES
    assert "Places that are not drawn: 3; see the table." in texts(root)
    assert "No place is touched." in texts(drawn(before_after_chart(answer([]), "en")))


def test_a_name_from_a_file_cannot_break_out_of_the_drawing() -> None:
    root = drawn(before_after_chart(answer([place("1", 1.0, 2.0, '<b>&"x')]), "en", link=lambda _: "/"))
    assert not list(root.iter(f"{SVG}b"))
