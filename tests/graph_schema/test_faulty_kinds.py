"""Each fault in the files of kinds/ is told with its file, its line and what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from graph_schema import SchemaError

Spoil = Callable[[str, str, str], SchemaError]


class Fault(NamedTuple):
    """A change that spoils the small schema, and the code and the sentence that it must give."""

    file: str
    old: str
    new: str
    code: str
    what: str


FAULTS = [
    Fault(
        "kinds/place.yaml",
        "  kept_in: both\n  id_rule: code",
        "  kept_in: both\n  colour: red\n  id_rule: code",
        "unknown_key",
        "kinds/place.yaml, line 4: Area has the unknown key colour.",
    ),
    Fault(
        "kinds/place.yaml",
        "label: {en: Household, zh: 农户}",
        "label: {en: Household}",
        "missing_label",
        "kinds/place.yaml, line 8: Household lacks label.zh.",
    ),
    Fault(
        "kinds/place.yaml",
        "  label: {en: Area, zh: 地区}\n",
        "",
        "missing_label",
        "kinds/place.yaml, line 1: Area lacks label.",
    ),
    Fault(
        "kinds/place.yaml",
        "id_rule: parts",
        "id_rule: hash",
        "value_not_allowed",
        "kinds/place.yaml, line 10: Household.id_rule cannot be hash.",
    ),
    Fault("kinds/place.yaml", "  id_rule: code\n", "", "missing_key", "kinds/place.yaml, line 1: Area lacks id_rule."),
    Fault(
        "kinds/place.yaml",
        "level]",
        "level, name]",
        "property_twice",
        "kinds/place.yaml, line 5: Area has the property name twice.",
    ),
    Fault(
        "kinds/place.yaml",
        "level]",
        "height]",
        "unknown_property",
        "kinds/place.yaml, line 5: Area names the property height, which is not there.",
    ),
    Fault(
        "kinds/place.yaml",
        "personal: [name]",
        "personal: [level]",
        "unknown_property",
        "kinds/place.yaml, line 13: Household names the property level, which is not there.",
    ),
    Fault(
        "kinds/place.yaml",
        "Household:\n",
        "Area:\n",
        "duplicate_key",
        "kinds/place.yaml, line 7: Area stands here a second time.",
    ),
    Fault(
        "kinds/vocabulary.yaml",
        "Measure:\n",
        "Area:\n",
        "kind_in_two_files",
        "kinds/vocabulary.yaml, line 7: the kind Area stands in kinds/place.yaml already.",
    ),
    Fault(
        "kinds/place.yaml",
        "Household:\n",
        "house_hold:\n",
        "wrong_name",
        "kinds/place.yaml, line 7: house_hold is not written as such a name is.",
    ),
    Fault(
        "kinds/place.yaml",
        "Household:\n",
        "Match:\n",
        "reserved_name",
        "kinds/place.yaml, line 7: Match is a word that Cypher, Python or the graph engine keeps for itself.",
    ),
    Fault(
        "kinds/place.yaml",
        "id_parts: [area_id, name, number]\n  ",
        "",
        "id_without_parts",
        "kinds/place.yaml, line 10: the id of Household is made of parts, but no part is named.",
    ),
    Fault(
        "kinds/place.yaml",
        "id_parts: [area_id, name, number]",
        "id_parts: [town_id, name]",
        "unknown_column",
        "kinds/place.yaml, line 11: Household names the column town_id, which its table does not have.",
    ),
    Fault(
        "kinds/place.yaml",
        "id_rule: code\n",
        "id_rule: code\n  id_parts: [name]\n",
        "id_with_parts",
        "kinds/place.yaml, line 5: the id of Area is given whole, yet parts are named.",
    ),
    Fault(
        "kinds/place.yaml",
        "personal: [name]",
        "one_of: {subject: [person_id]}",
        "unknown_column",
        "kinds/place.yaml, line 13: Household names the column person_id, which its table does not have.",
    ),
    Fault(
        "kinds/place.yaml",
        "[name*, level]",
        "name",
        "wrong_value",
        "kinds/place.yaml, line 5: Area.properties cannot be name.",
    ),
    Fault(
        "kinds/place.yaml",
        "label: {en: Area, zh: 地区}",
        "label: [Area",
        "not_yaml",
        "kinds/place.yaml, line 3: this is not valid YAML.",
    ),
    Fault(
        "kinds/properties.yaml",
        "level: {label: {en: level,",
        "title: {label: {en: title,",
        "reserved_name",
        "kinds/properties.yaml, line 2: title is a word that Cypher, Python or the graph engine keeps for itself.",
    ),
    Fault(
        "kinds/properties.yaml",
        "strength:",
        "order:",
        "reserved_name",
        "kinds/properties.yaml, line 8: order is a word that Cypher, Python or the graph engine keeps for itself.",
    ),
    Fault(
        "kinds/properties.yaml",
        "strength:",
        "Strength:",
        "wrong_name",
        "kinds/properties.yaml, line 8: Strength is not written as such a name is.",
    ),
    Fault(
        "kinds/properties.yaml",
        "zh: 强度}}",
        "zh: 强度}}\nspare: {label: {en: spare, zh: 备用}}",
        "unused_property",
        "kinds/properties.yaml, line 9: no kind has the property spare.",
    ),
    Fault(
        "kinds/properties.yaml",
        "zh: 强度}",
        "zh: 强度}, unit: bushel",
        "unknown_unit",
        "kinds/properties.yaml, line 8: strength has the unknown unit bushel.",
    ),
    Fault(
        "kinds/properties.yaml",
        "zh: 强度}",
        "zh: 强度}, codes: colours",
        "unknown_code_list",
        "kinds/properties.yaml, line 8: strength names the code list colours, which is not there.",
    ),
    Fault(
        "kinds/properties.yaml",
        "name: {label: {en: name, zh: 名称}}",
        "1: {label: {en: name, zh: 名称}}",
        "key_is_no_text",
        "kinds/properties.yaml, line 1: the name 1 is read as something other than text.",
    ),
    Fault(
        "kinds/code_lists.yaml",
        "  village: {en: village, zh: 村}",
        "  town: {en: village, zh: 村}",
        "duplicate_key",
        "kinds/code_lists.yaml, line 3: town stands here a second time.",
    ),
    Fault(
        "kinds/code_lists.yaml",
        "  village: {en: village, zh: 村}",
        "  village: {en: village}",
        "missing_label",
        "kinds/code_lists.yaml, line 3: village lacks zh.",
    ),
    Fault(
        "kinds/code_lists.yaml",
        "family:\n",
        "colour:\n",
        "unused_code_list",
        "kinds/code_lists.yaml, line 4: no property holds the codes of colour.",
    ),
    Fault(
        "kinds/code_lists.yaml",
        "forbidden:\n  debt: {en: never to repay a loan, zh: 不得用于还贷}",
        "forbidden: none",
        "list_without_codes",
        "kinds/code_lists.yaml, line 10: the code list forbidden has no codes.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "from: [Household]",
        "from: [Person]",
        "unknown_kind",
        "kinds/relationships.yaml, line 11: NEAR names the kind Person, which is not there.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "projected_from: Household",
        "projected_from: Stay",
        "unknown_kind",
        "kinds/relationships.yaml, line 30: HELD_AT names the kind Stay, which is not there.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "  projected_from: Household\n",
        "",
        "projection_unclear",
        "kinds/relationships.yaml, line 24: HELD_AT must name the ledger kind it is made from if, and only if, it is kept in the graph only.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "NEAR:",
        "near:",
        "wrong_name",
        "kinds/relationships.yaml, line 9: near is not written as such a name is.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "NEAR:",
        "CALL:",
        "reserved_name",
        "kinds/relationships.yaml, line 9: CALL is a word that Cypher, Python or the graph engine keeps for itself.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "  from: [Area]\n",
        "  from: [Household]\n",
        "column_twice",
        "kinds/place.yaml, line 7: two relationship kinds give Household the same column area_id.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "  from: [Household]\n  to: [Area]\n",
        '  from: [Area]\n  to: [Household]\n  cardinality: "n:1"\n  kept_in: both\n\nFAR:\n  label: {en: is far, zh: 远离}\n  from: [Household]\n  to: [Area]\n',
        "reference_circle",
        "kinds/place.yaml, line 1: the tables refer to each other in a circle: Area -> Household -> Area.",
    ),
    Fault(
        "kinds/groups.yaml", "place:", "places:", "unknown_file", "kinds/place.yaml: no group of kinds has this name."
    ),
    Fault(
        "kinds/groups.yaml",
        "vocabulary: {en: vocabulary, zh: 词表}\n",
        "",
        "unknown_file",
        "kinds/vocabulary.yaml: no group of kinds has this name.",
    ),
    Fault(
        "kinds/groups.yaml",
        "place: {en: place, zh: 地点}\nvocabulary: {en: vocabulary, zh: 词表}\n",
        "- place\n",
        "not_a_mapping",
        "kinds/groups.yaml, line 1: the file must hold names with their entries.",
    ),
    Fault(
        "kinds/relationships.yaml",
        "  is_optional: true\n",
        "  optional: true\n",
        "unknown_key",
        "kinds/relationships.yaml, line 6: PART_OF has the unknown key optional.",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}-{fault.new[:20]}")
def test_a_fault_in_kinds_is_told_with_file_and_line(fault: Fault, fault_of: Spoil):
    found = fault_of(fault.file, fault.old, fault.new)

    assert (found.code, found.what("en")) == (fault.code, fault.what)
