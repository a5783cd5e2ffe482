from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.causes.parts import Evidence
from analysis.drawing.values import short_number, value_text
from graph_schema.messages import Language


@pytest.fixture
def evidence_of() -> Callable[..., Evidence]:
    def evidence(
        unit: str, value: float | None = None, answer: str | None = None, ends: tuple[float, float] | None = None
    ) -> Evidence:
        low, high = ends if ends else (None, None)
        return Evidence(
            observation_id="I30-h1-2026-03-01-visit",
            indicator="I30",
            indicator_en="causes found on a visit",
            indicator_zh="走访发现的原因",
            unit=unit,
            unit_en=unit,
            unit_zh="天",
            value=value,
            low_value=low,
            high_value=high,
            answer=answer,
            observed_on=date(2026, 3, 1),
            period_months=None,
            feed="visit",
            feed_en="visit",
            feed_zh="走访",
            rule_id="I30-M03",
            raises_status="confirmed",
            raises_confidence=1.0,
            area_id=None,
            product=None,
            is_disputed=False,
        )

    return evidence


@pytest.mark.parametrize(
    ("unit", "value", "english", "chinese"),
    [
        ("share", 0.45, "45%", "45%"),
        ("fen", 1234550.0, "12,345.5 yuan", "12,345.5 元"),
        ("count", 2.0, "2", "2"),
        ("days", 9.0, "9 days", "9 天"),
    ],
)
def test_a_number_is_read_with_its_unit(
    unit: str, value: float, english: str, chinese: str, evidence_of: Callable[..., Evidence]
) -> None:
    evidence = evidence_of(unit, value)
    assert (value_text(evidence, "", "en"), value_text(evidence, "", "zh")) == (english, chinese)


def test_a_range_without_a_number_is_read_as_a_range(evidence_of: Callable[..., Evidence]) -> None:
    assert value_text(evidence_of("days", ends=(3.0, 5.5)), "", "en") == "3 days–5.5 days"


@pytest.mark.parametrize(("language", "words"), [("en", "yes"), ("zh", "是")])
def test_an_answer_is_read_in_words(language: Language, words: str, evidence_of: Callable[..., Evidence]) -> None:
    assert value_text(evidence_of("y/n", answer="yes"), "", language) == words


def test_a_named_cause_is_read_by_its_name(evidence_of: Callable[..., Evidence]) -> None:
    assert value_text(evidence_of("cause codes", answer="M03"), "No sales channel", "en") == "No sales channel"


def test_an_answer_without_words_of_its_own_is_read_as_it_is(evidence_of: Callable[..., Evidence]) -> None:
    assert value_text(evidence_of("A-D", answer="C"), "", "en") == "C"


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.6, "0.6"), (0.36, "0.36"), (0.0144, "0.014")])
def test_a_strength_has_two_meaningful_digits(value: float, text: str) -> None:
    assert short_number(value) == text
