"""`plumline explain HOUSEHOLD` on the demonstration: in both languages, in JSON, and what is refused."""

from __future__ import annotations

import re

import pytest

from analysis.questions.explain_answer import ExplainAnswer
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Plumline


def adds(share: float) -> str:
    return re.escape(f"{share:+.4f}")


@pytest.fixture
def answer(ask_demo: Plumline) -> ExplainAnswer:
    return ExplainAnswer.model_validate_json(ask_demo("explain", STORY_HOUSEHOLD, "--json", "--show-sensitive").out)


def test_a_household_is_explained_in_words(ask_demo: Plumline, answer: ExplainAnswer) -> None:
    out = ask_demo("explain", STORY_HOUSEHOLD, "--show-sensitive").out
    assert out.startswith(f"Household {answer.asked.id}, as of 2026-04-20\n! This answer rests on made-up data")
    assert f"Risk score of poverty return within 12 months if nothing is done: {answer.risk:.4f}." in out
    for found in answer.findings:
        assert re.search(rf"^  {found.name_en} .* {adds(found.shapley or 0)} ", out, re.MULTILINE), found.code
    to_return = [chain for chain in answer.chains if chain.codes[-1] == "O06"]
    assert to_return[0].sentence_en in out
    assert answer.cut is not None
    assert answer.cut.text_en in out
    assert answer.behind.question is not None
    assert answer.behind.question.text_en in out
    assert f"           5  {answer.years[4].chance:.4f}" in out


def test_a_household_is_explained_in_chinese(ask_demo: Plumline, answer: ExplainAnswer) -> None:
    out = ask_demo("explain", STORY_HOUSEHOLD, "--show-sensitive", "--lang", "zh").out
    assert f"不采取措施时12个月内返贫的风险分：{answer.risk:.4f}。" in out
    assert answer.behind.question is not None
    assert answer.behind.question.text_zh in out
    assert "下一步最值得询问" in out
    assert "not shown" not in out


def test_what_is_sensitive_is_summed_in_one_row(ask_demo: Plumline, answer: ExplainAnswer) -> None:
    out = ask_demo("explain", STORY_HOUSEHOLD).out
    sensitive = [node for node in answer.nodes if node.is_sensitive]
    added = sum(found.shapley or 0 for found in answer.findings if found.code in {node.code for node in sensitive})
    assert re.search(rf"^  3 not shown +{adds(added)}$", out, re.MULTILINE)
    assert "Chains over a sensitive cause that are not shown: " in out
    assert [node.name_en for node in sensitive if node.name_en in out] == []


def test_what_was_seen_is_told_with_what_may_lie_behind_it(ask_demo: Plumline, answer: ExplainAnswer) -> None:
    out = ask_demo("explain", STORY_HOUSEHOLD, "--seen", "O02=yes", "--limit", "3").out
    assert "Taken as seen: income below line: yes (chance of all that " in out
    assert f": {answer.risk:.4f}." in out
    behind = out.partition("What may lie behind")[2].partition("The next years")[0]
    # The seen, the head of the table, three rows, and how many more there are.
    assert len([line for line in behind.splitlines() if line.strip()][1:]) == 6


def test_every_cause_that_may_lie_behind_is_told_on_request(ask_demo: Plumline, answer: ExplainAnswer) -> None:
    out = ask_demo("explain", STORY_HOUSEHOLD, "--posteriors", "--show-sensitive").out
    assert all(f"  {cause.name_en} " in out for cause in answer.behind.causes)


def test_a_household_that_is_not_there_is_told_in_both_languages(ask_demo: Plumline) -> None:
    said = ask_demo("explain", "nobody")
    assert (said.code, "holds no Household with the id nobody" in said.err) == (2, True), said.err
    assert "没有编号为 nobody 的" in ask_demo("explain", "nobody", "--lang", "zh").err


def test_what_cannot_be_seen_is_refused(ask_demo: Plumline) -> None:
    assert ask_demo("explain", STORY_HOUSEHOLD, "--seen", "H01=no", "--json").problem["status"] == 403
    assert ask_demo("explain", STORY_HOUSEHOLD, "--seen", "X99=yes", "--json").problem["code"] == "risk_unknown_code"
