"""The report in sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.errors import CATALOGUE
from analysis.learning.learn import learn
from analysis.learning.outcomes import Outcomes
from analysis.learning.report import LinkReport, Verdict
from analysis.learning.rows import REASONS
from analysis.learning.words import dropped_notes, notes_of, verdict_note
from analysis.risk.network import RiskNetwork
from graph_schema.messages import LANGUAGES
from tests.analysis.learning.test_learn import exposed, unexposed


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_said_in_both_languages(verdict: Verdict) -> None:
    link = LinkReport("K1", "C", "S", 0.4, 0.3, verdict, exposed=50, used=40, data_low=0.1, data_high=0.25)
    for language in LANGUAGES:
        text = verdict_note(link).text(language)
        assert "K1" in text
        assert "{" not in text


def test_a_link_that_acts_but_weakly_is_said_to_be_weaker() -> None:
    weaker = LinkReport("K1", "C", "S", 0.4, 0.3, Verdict.CONTRADICTED, data_low=0.1, data_high=0.25)
    absent = LinkReport("K1", "C", "S", 0.4, 0.3, Verdict.CONTRADICTED, data_low=0.0, data_high=0.25)
    assert verdict_note(weaker).code == "learning_verdict_weaker"
    assert verdict_note(absent).code == "learning_verdict_contradicted"


def test_every_reason_is_said_with_its_number_the_commonest_first() -> None:
    dropped = {reason: number for number, reason in enumerate(REASONS)}
    link = LinkReport("K1", "C", "S", 0.4, 0.3, Verdict.TOO_FEW, dropped=dropped)
    notes = dropped_notes(link)
    assert [note.fields["count"] for note in notes] == [6, 5, 4, 3, 2, 1]
    assert all(f"learning_reason_{reason}" in CATALOGUE.messages for reason in REASONS)
    assert notes[0].text("en").startswith("6: ")


def test_the_notes_end_with_what_cannot_be_concluded(one_cause: RiskNetwork, observed: Callable[..., Outcomes]) -> None:
    report = learn(one_cause, observed(one_cause, exposed(40, 60) + unexposed(2, 198)))
    notes = notes_of(report)
    assert [note.code for note in notes] == [
        "learning_counts",
        "learning_by_chance",
        "learning_prior",
        "learning_held_out",
        "learning_base_rate",
        "learning_closed",
        "learning_limits",
    ]
    assert all("{" not in note.text(language) for note in notes for language in LANGUAGES)


def test_an_empty_report_says_so(one_cause: RiskNetwork, observed: Callable[..., Outcomes]) -> None:
    notes = notes_of(learn(one_cause, observed(one_cause, [])))
    assert [note.code for note in notes] == ["learning_empty", "learning_limits"]
