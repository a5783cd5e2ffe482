from __future__ import annotations

from analysis.sensitivity import is_sensitive_cause, is_sensitive_help, is_sensitive_measure
from graph_schema import Schema


def test_a_cause_is_as_sensitive_as_the_vocabulary_says(schema: Schema) -> None:
    assert is_sensitive_cause(schema, "H07")
    assert not is_sensitive_cause(schema, "M03")


def test_an_unknown_cause_or_measure_counts_as_sensitive(schema: Schema) -> None:
    assert is_sensitive_cause(schema, "X99")
    assert is_sensitive_measure(schema, "X99")


def test_a_measure_tells_the_cause_it_works_against(schema: Schema) -> None:
    # B03 works against H07, which is sensitive; B36 against M03, which is not.
    assert is_sensitive_measure(schema, "B03")
    assert not is_sensitive_measure(schema, "B36")


def test_a_measure_against_a_link_tells_the_first_cause_of_the_link(schema: Schema) -> None:
    # B02 works on K01, from serious illness (sensitive); B46 on K57, from a weather disaster (not).
    assert is_sensitive_measure(schema, "B02")
    assert not is_sensitive_measure(schema, "B46")


def test_help_is_telling_when_it_is_aimed_at_nothing_but_sensitive_causes(schema: Schema) -> None:
    assert is_sensitive_help(schema, "B06", ["H07"])
    assert not is_sensitive_help(schema, "B06", ["H07", "M03"])
    assert not is_sensitive_help(schema, "B06", [])
    assert not is_sensitive_help(schema, None, [])


def test_help_is_telling_by_its_measure_whatever_it_is_aimed_at(schema: Schema) -> None:
    assert is_sensitive_help(schema, "B03", ["M03"])
