"""Learning as it is asked and told: which years, what a statistician reads, and which counts may be shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import QuestionError
from analysis.learning.versions import LearnedNetwork, write_network
from analysis.questions.learn import whole_years
from analysis.questions.learn_told import Telling, count_label, effects_told, links_told, notes_told
from analysis.questions.network_links import count_told, sensitive_links
from analysis.risk.network_file import read_learned, read_network
from graph_schema import Schema
from tests.analysis.learning.kept import learned_county


@pytest.fixture(scope="module")
def learned(schema: Schema) -> LearnedNetwork:
    return learned_county(schema, "350624", date(2026, 4, 20))


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        (date(2025, 4, 20), date(2026, 4, 20), [(date(2025, 4, 20), date(2026, 4, 20))]),
        (date(2025, 1, 1), date(2026, 4, 20), [(date(2025, 1, 1), date(2026, 1, 1))]),
        (
            date(2024, 2, 29),
            date(2026, 3, 1),
            [(date(2024, 2, 29), date(2025, 2, 28)), (date(2025, 2, 28), date(2026, 2, 28))],
        ),
    ],
)
def test_each_whole_year_that_is_over_counts(start: date, day: date, expected: list[tuple[date, date]]) -> None:
    assert whole_years(start, day) == expected


def test_less_than_a_year_is_refused() -> None:
    with pytest.raises(QuestionError) as fault:
        whole_years(date(2025, 4, 21), date(2026, 4, 20))
    assert fault.value.code == "learn_no_year"


@pytest.mark.parametrize(
    ("number", "hides", "english", "chinese"),
    [
        (0, False, "0", "0"),
        (1, False, "under 10", "不足10"),
        (9, False, "under 10", "不足10"),
        (10, False, "10", "10"),
        (1234, False, "1,234", "1,234"),
        (1234, True, "not shown", "不显示"),
        (None, False, "not shown", "不显示"),
    ],
)
def test_small_counts_and_sensitive_ones_are_not_told(
    number: int | None, hides: bool, english: str, chinese: str
) -> None:
    told = count_label(count_told(number, hides=hides))
    assert (told.en, told.zh) == (english, chinese)


def test_what_hides_a_count_hides_what_it_could_be_worked_out_from(schema: Schema, learned: LearnedNetwork) -> None:
    hidden = sensitive_links(schema)
    shown = {link.link_id: link for link in links_told(Telling(schema, frozenset(), hides=False), learned.report)}
    told = {link.link_id: link for link in links_told(Telling(schema, hidden, hides=True), learned.report)}
    assert hidden
    for link_id, link in told.items():
        if link_id not in hidden:
            assert link == shown[link_id]
            continue
        assert link.verdict == shown[link_id].verdict
        assert link.exposed.is_hidden
        assert (link.low, link.data_low, link.p_value, link.data_share, link.by_prior) == (None, None, None, None, {})
        assert str(learned.report.link(link_id).used) not in link.verdict_en.split()
        assert link.left_out == ()


def test_the_effects_of_a_sensitive_cause_are_hidden_too(schema: Schema, learned: LearnedNetwork) -> None:
    told = effects_told(Telling(schema, sensitive_links(schema), hides=True), learned.report)
    sensitive = {code for code, cause in schema.causes.items() if cause.is_sensitive}
    assert {each.code for each in told if each.used.is_hidden} == {each.code for each in told} & sensitive


def test_the_notes_are_in_both_languages(learned: LearnedNetwork) -> None:
    notes = notes_told(learned.report)
    assert notes[0].code == "learning_counts"
    assert notes[-1].code == "learning_limits"
    assert all(note.text_en != note.text_zh for note in notes)


def test_the_file_of_a_network_leaves_out_what_is_hidden_and_reads_as_the_same_network(
    schema: Schema, learned: LearnedNetwork, tmp_path: Path
) -> None:
    hidden = sensitive_links(schema)
    write_network(tmp_path / "n.yaml", learned, hidden=hidden, fewest_told=10)
    _, said = read_learned(tmp_path / "n.yaml")
    assert read_network(tmp_path / "n.yaml") == learned.network
    for link_id, told in said.items():
        report = learned.report.link(link_id)
        if link_id in hidden:
            assert (told.exposed, told.used, told.came, told.low, told.data_low) == (None,) * 5
        else:
            assert told.came == (None if 0 < report.used_came < 10 else report.used_came)
