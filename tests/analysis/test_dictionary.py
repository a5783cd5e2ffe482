"""The dictionary as data says what the vocabulary says."""

from __future__ import annotations

import pytest

from analysis.questions.dictionary import NoSuchPart, dictionary, dictionary_part
from graph_schema import Schema


def test_every_part_has_a_name_of_its_own_and_as_many_entries_as_it_says(schema: Schema) -> None:
    parts = dictionary(schema).parts
    assert len({part.name for part in parts}) == len(parts)
    for part in parts:
        assert part.name_en
        assert part.name_zh
        assert len(dictionary_part(schema, part.name).entries) == part.entry_count


def test_every_kind_and_every_list_of_codes_is_a_part(schema: Schema) -> None:
    names = {part.name for part in dictionary(schema).parts}
    assert {*schema.node_kinds, *schema.relationship_kinds, *schema.code_lists} <= names


def test_a_cause_says_its_numbers_and_which_are_proposed(schema: Schema) -> None:
    entries = {entry.code: entry for entry in dictionary_part(schema, "causes").entries}
    cause = schema.causes["M02"]
    told = entries["M02"]
    assert (told.name_en, told.name_zh) == (cause.label.en, cause.label.zh)
    assert (told.values["leak"], told.values["cause_kind"]) == (cause.leak, cause.cause_kind)
    assert told.proposed == cause.proposed
    assert entries["H02"].is_sensitive


def test_a_property_says_its_type_its_unit_and_its_codes(schema: Schema) -> None:
    area = {entry.code: entry for entry in dictionary_part(schema, "Area").entries}
    assert (area["area_level"].type, area["area_level"].code_list) == ("code", "area_level")
    assert [entry.code for entry in dictionary_part(schema, "area_level").entries][:2] == ["province", "city"]
    workers = {entry.code: entry for entry in dictionary_part(schema, "Household").entries}["worker_count"]
    assert (workers.unit, workers.unit_en, workers.unit_zh) == ("count", "number", "个数")


def test_a_citation_is_called_by_its_title(schema: Schema) -> None:
    paper = {entry.code: entry for entry in dictionary_part(schema, "sources").entries}["paper"]
    assert paper.name_en == schema.sources["paper"].title
    assert paper.values["grade"] == "C"


def test_a_phase_means_its_rule(schema: Schema) -> None:
    returned = dictionary_part(schema, "phases").entries[0]
    assert returned.meaning_zh == schema.phases[returned.code].rule.zh


def test_what_is_no_part_is_told_without_repeating_it(schema: Schema) -> None:
    with pytest.raises(NoSuchPart) as caught:
        dictionary_part(schema, "secret")
    assert (caught.value.code, caught.value.status) == ("unknown_dictionary_part", 404)
    assert "secret" not in str(caught.value)
