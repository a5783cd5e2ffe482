"""What lies behind a state: worked out by Bayes' rule on two causes and a state."""

from __future__ import annotations

import pytest

from analysis.errors import QuestionError
from analysis.risk.model import RiskModel
from analysis.risk.network import RiskLink, RiskNode, checked_network
from analysis.why.behind import behind
from graph_schema import Schema
from tests.analysis.why.one_household import household, small_model


@pytest.fixture(scope="module")
def small() -> RiskModel:
    # A comes by itself in 0.1 of households and leads to S by 0.5; S comes by itself in 0.2.
    nodes = [RiskNode("A", leak=0.1), RiskNode("B", leak=0.5), RiskNode("S", leak=0.2, risk_leak=0.2, is_state=True)]
    links = [RiskLink("KA", "A", "S", 0.5), RiskLink("KB", "B", "S", 1e-9)]
    return small_model(checked_network(nodes, links))


def test_a_state_that_is_held_is_evidence_and_no_source(schema: Schema, small: RiskModel) -> None:
    held = household(schema, small, [{"cause": "S", "status": "confirmed"}])
    told, chances = behind(held, "h1", {}, show_sensitive=True)
    # P(S | A) = 1 - 0.8 x 0.5 = 0.6, so P(A | S) = 0.1 x 0.6 / (0.1 x 0.6 + 0.9 x 0.2) = 0.25.
    assert chances["A"] == pytest.approx(0.25, abs=1e-6)
    assert told.seen_chance == pytest.approx(0.24, abs=1e-6)
    assert [(each.code, each.is_there, each.is_held) for each in told.seen] == [("S", True, True)]
    assert {cause.code: cause.chance_unseen for cause in told.causes} == pytest.approx({"A": 0.1, "B": 0.5}, abs=1e-6)


def test_a_state_that_is_refuted_makes_its_cause_less_likely(schema: Schema, small: RiskModel) -> None:
    held = household(schema, small, [{"cause": "S", "status": "refuted"}])
    _, chances = behind(held, "h1", {}, show_sensitive=True)
    # P(A | not S) = 0.1 x 0.4 / (0.1 x 0.4 + 0.9 x 0.8).
    assert chances["A"] == pytest.approx(0.04 / 0.76, abs=1e-6)


def test_what_is_asked_counts_against_what_is_held(schema: Schema, small: RiskModel) -> None:
    held = household(schema, small, [{"cause": "S", "status": "confirmed"}])
    told, chances = behind(held, "h1", {"S": False}, show_sensitive=True)
    assert chances["A"] == pytest.approx(0.04 / 0.76, abs=1e-6)
    assert [(each.is_there, each.is_held) for each in told.seen] == [(False, False)]


def test_the_cause_that_is_nearest_to_a_half_is_asked_about(schema: Schema, small: RiskModel) -> None:
    told, _ = behind(household(schema, small, []), "h1", {}, show_sensitive=True)
    assert told.question is not None
    assert told.question.code == "B"
    assert told.question.bits == pytest.approx(1.0, abs=1e-6)
    assert (told.question.text_en, told.question.text_zh) == ("Is there “B” at this household?", "这户是否存在“B”？")


def test_what_is_settled_is_neither_listed_nor_asked_about(schema: Schema, small: RiskModel) -> None:
    rows = [{"cause": "A", "status": "refuted"}, {"cause": "B", "status": "confirmed"}]
    told, _ = behind(household(schema, small, rows), "h1", {}, show_sensitive=True)
    assert (told.causes, told.question, told.seen_chance) == ((), None, 1.0)


def test_states_held_that_contradict_each_other_leave_the_rest_of_the_answer(schema: Schema, model: RiskModel) -> None:
    # Low income is a return by definition.
    rows = [{"cause": "O02", "status": "confirmed"}, {"cause": "O06", "status": "refuted"}]
    told, chances = behind(household(schema, model, rows), "h1", {}, show_sensitive=True)
    assert (told.seen_chance, told.causes, told.question, chances) == (None, (), None, {})
    with pytest.raises(QuestionError) as caught:
        behind(household(schema, model, rows), "h1", {"O03": True}, show_sensitive=True)
    assert (caught.value.code, caught.value.fields["household"]) == ("risk_findings_cannot_happen", "h1")


def test_a_sensitive_cause_is_counted_and_not_asked_about(schema: Schema, model: RiskModel) -> None:
    rows = [{"cause": "H01", "status": "suspected", "confidence": 0.5}]
    shown, _ = behind(household(schema, model, rows), "h1", {}, show_sensitive=True)
    hiding, _ = behind(household(schema, model, rows, show_sensitive=False), "h1", {}, show_sensitive=False)
    assert shown.question is not None
    assert shown.question.code == "H01"
    sensitive = {code for code, cause in schema.causes.items() if cause.is_sensitive}
    assert not sensitive & {cause.code for cause in hiding.causes}
    assert hiding.hidden_count == len(shown.causes) - len(hiding.causes) > 0
    assert hiding.question is not None
    assert hiding.question.code not in sensitive
