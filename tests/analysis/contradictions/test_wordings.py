"""Values of contradictions in words."""

from __future__ import annotations

import pytest

from analysis.contradictions.wordings import aspect_label, value_wording
from graph_schema import Schema


@pytest.mark.parametrize(
    ("kind", "aspect", "text", "en", "zh"),
    [
        ("Household", "member_count", "4", "4", "4"),
        ("Household", "housing_grade", "C", "partly dangerous", "C级（局部危险）"),
        ("Household", "was_registered_poor", "yes", "yes", "是"),
        ("Household", "productive_investment_fen", "123450", "1,234.5 yuan", "1,234.5 元"),
        ("Household", "resilience_share", "0.4", "40%", "40%"),
        ("Household", "arable_mu", "2.5", "2.5 mu", "2.5 亩"),
        ("Household", "poverty_exit_on", "2020-12-31", "2020-12-31", "2020-12-31"),
        ("Household", "I25", "0.5", "50%", "50%"),
        ("Household", "I03a", "2600000", "26,000 yuan", "26,000 元"),
        ("Household", "I22", "no", "no", "否"),
        ("Person", "HAS_MEMBER", "h2", "h2", "h2"),
        ("Household", "I25", "0.1..0.2", "0.1..0.2", "0.1..0.2"),
    ],
)
def test_a_value_is_told_as_people_read_it(schema: Schema, kind: str, aspect: str, text: str, en: str, zh: str) -> None:
    told = value_wording(schema, kind, aspect, text)
    assert told is not None
    assert (told.code, told.en, told.zh) == (text, en, zh)


@pytest.mark.parametrize(("kind", "aspect"), [("Household", "head_name"), ("Person", "name"), ("Visit", "note")])
def test_what_is_a_persons_own_is_never_told(schema: Schema, kind: str, aspect: str) -> None:
    assert value_wording(schema, kind, aspect, "沈一") is None


@pytest.mark.parametrize(
    ("kind", "aspect", "en"),
    [
        ("Household", "member_count", "number of members"),
        ("Household", "I25", "unsold share of the harvest"),
        ("Household", "LIVES_IN", "lives in"),
        ("Programme", "agency_id", "runs"),
        ("Household", "gone_since", None),
        ("Nothing", "name", None),
    ],
)
def test_what_feeds_differ_on_has_a_name(schema: Schema, kind: str, aspect: str, en: str | None) -> None:
    label = aspect_label(schema, kind, aspect)
    assert (label.en if label else None) == en
