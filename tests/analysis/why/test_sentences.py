"""Chains as sentences, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from analysis.risk.model import RiskModel
from analysis.why.chains import severity_word
from analysis.why.held import found_causes
from analysis.why.numbers import numbers_of
from analysis.why.parts import WhyChain
from analysis.why.traced import Traced, traced
from graph_schema import Schema
from tests.analysis.why.one_household import household

Rows = Sequence[Mapping[str, object]]


def told(schema: Schema, model: RiskModel, rows: Rows) -> Traced:
    held = household(schema, model, rows)
    found, _ = found_causes(held, numbers_of(held, 0.3).attribution)
    return traced(held, found, 400)


def chain(traces: Traced, *codes: str) -> WhyChain:
    (found,) = [each for each in traces.chains if each.codes == codes]
    return found


def test_a_step_says_why_it_is_stronger_or_weaker_here(schema: Schema, model: RiskModel) -> None:
    # H06 makes K01 of 0.6 stronger by 1.8: severity 0.6 x 1.8 = 1.08, and 1 - 0.4^1.08 = 0.6283.
    rows: Rows = [
        {"cause": "H01", "status": "confirmed", "severity": 0.6},
        {"cause": "H06", "status": "confirmed"},
    ]
    sentence = chain(told(schema, model, rows), "H01", "H07", "O03", "O06")
    assert sentence.sentence_en == (
        "Serious illness (confirmed, marked) leads within 30 days to catastrophic health cost (0.60 → 0.63: marked, "
        "not extreme, raised by insurance gap; evidence of grade A), that within 30 days to rigid spending over income "
        "(0.60; evidence of grade A), and that is by definition poverty return. The whole chain: 0.38, 60 days."
    )
    assert "（0.60 → 0.63：程度明显，未达极重、因“未参保”增强；证据等级 A）" in sentence.sentence_zh


def test_a_chain_through_another_confirmed_finding_says_that_it_is_counted_there(
    schema: Schema, model: RiskModel
) -> None:
    rows = [{"cause": "H01", "status": "confirmed"}, {"cause": "H07", "status": "confirmed"}]
    traces = told(schema, model, rows)
    through, own = chain(traces, "H01", "H07", "O03", "O06"), chain(traces, "H07", "O03", "O06")
    assert (through.is_already_counted, own.is_already_counted) == (True, False)
    assert through.sentence_en.endswith("so its end is already counted there.")
    assert through.sentence_zh.endswith("其后果已在那里计入。")
    assert "counted there" not in own.sentence_en


def test_a_chain_of_more_than_a_year_says_that_the_risk_leaves_it_out(schema: Schema, model: RiskModel) -> None:
    slow = [link for link in model.network.slow_links if schema.causes[link.from_code].cause_kind != "state"]
    traces = told(schema, model, [{"cause": slow[0].from_code, "status": "confirmed"}])
    late = [each for each in traces.chains if not each.is_within_horizon]
    assert late
    assert all("more than a year" in each.sentence_en and "一年以上" in each.sentence_zh for each in late)


def test_a_property_that_dampens_a_link_is_told_in_words(schema: Schema, model: RiskModel) -> None:
    # K57 of 0.6 and a factor of 0.7: 1 - 0.4^0.7 = 0.4735.
    rows = [{"cause": "V01", "status": "confirmed"}]
    held = household(schema, model, rows, rules=["Household.resilience_share >= 0.8"])
    found, _ = found_causes(held, numbers_of(held, 0.3).attribution)
    sentence = chain(traced(held, found, 400), "V01", "O02")
    assert "(0.60 → 0.47: lowered by resilience ≥ 0.8; evidence of grade" in sentence.sentence_en
    assert "（0.60 → 0.47：因“抗风险能力 ≥ 0.8”减弱；证据等级" in sentence.sentence_zh


@pytest.mark.parametrize(
    ("severity", "english", "chinese"),
    [(0.2, "slight", "轻微"), (0.45, "moderate", "中等"), (0.6, "marked", "明显"), (1.0, "extreme", "极重")],
)
def test_a_severity_has_the_word_of_its_band(severity: float, english: str, chinese: str) -> None:
    word = severity_word(severity)
    assert (word.en, word.zh) == (english, chinese)
