"""Each fault in the files of vocab/ is told with its file, its line and what it is."""

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
        "vocab/version.yaml", '"7"', "[7]", "wrong_value", "vocab/version.yaml, line 1: version.version cannot be [7]."
    ),
    Fault(
        "vocab/version.yaml",
        "2026-01-01",
        "soon",
        "wrong_value",
        "vocab/version.yaml, line 2: version.valid_from cannot be soon.",
    ),
    Fault(
        "vocab/sources.yaml",
        "grade: A",
        "grade: X",
        "value_not_allowed",
        "vocab/sources.yaml, line 1: T1.grade cannot be X.",
    ),
    Fault(
        "vocab/causes.yaml",
        "sources: [T1]",
        "sources: [T2]",
        "unknown_source",
        "vocab/causes.yaml, line 8: H01 cites the unknown source T2.",
    ),
    Fault(
        "vocab/causes.yaml",
        "proposed: [leak]",
        "proposed: [leek]",
        "unknown_field",
        "vocab/causes.yaml, line 9: H01 says that leek is proposed, but has no such field.",
    ),
    Fault(
        "vocab/causes.yaml",
        "dimension: F",
        "dimension: M",
        "dimension_differs",
        "vocab/causes.yaml, line 12: the code F01 does not begin with its dimension M.",
    ),
    Fault(
        "vocab/causes.yaml",
        "cause_kind: state",
        "cause_kind: root",
        "state_misplaced",
        "vocab/causes.yaml, line 19: O01: cause_kind is state if, and only if, the dimension is O.",
    ),
    Fault(
        "vocab/causes.yaml",
        "official_code: illness",
        "official_code: hunger",
        "unknown_code",
        "vocab/causes.yaml, line 5: H01 has the code hunger, which is not in the list official_code.",
    ),
    Fault(
        "vocab/causes.yaml",
        "share: 20",
        "share: many",
        "wrong_value",
        "vocab/causes.yaml, line 6: H01.share cannot be many.",
    ),
    Fault(
        "vocab/causes.yaml",
        "F01:\n",
        "H01:\n",
        "duplicate_key",
        "vocab/causes.yaml, line 10: H01 stands here a second time.",
    ),
    Fault(
        "vocab/links.yaml",
        "  from_cause: H01\n",
        "  from_cause: H09\n",
        "unknown_cause",
        "vocab/links.yaml, line 3: K1 names the unknown cause H09.",
    ),
    Fault(
        "vocab/links.yaml",
        "  to_cause: O01\n",
        "  to_cause: O09\n",
        "unknown_cause",
        "vocab/links.yaml, line 14: K2 names the unknown cause O09.",
    ),
    Fault(
        "vocab/links.yaml",
        "strength: 0.6",
        "strength: 1.6",
        "wrong_value",
        "vocab/links.yaml, line 5: K1.strength cannot be 1.6.",
    ),
    Fault(
        "vocab/links.yaml",
        "  is_feedback: true\n",
        "",
        "link_circle",
        "vocab/links.yaml, line 18: the links form a circle: H01 -> F01 -> O01 -> H01.",
    ),
    Fault(
        "vocab/links.yaml",
        "  from_cause: F01\n  to_cause: O01\n",
        "  from_cause: H01\n  to_cause: F01\n",
        "link_twice",
        "vocab/links.yaml, line 11: K2 joins the same two causes as K1.",
    ),
    Fault(
        "vocab/links.yaml",
        "{cause: F01, factor: 1.5}",
        "{cause: F09, factor: 1.5}",
        "unknown_cause",
        "vocab/links.yaml, line 9: K1 names the unknown cause F09.",
    ),
    Fault(
        "vocab/links.yaml",
        "{cause: F01, factor: 1.5}",
        "{factor: 1.5}",
        "amplifier_unclear",
        "vocab/links.yaml, line 9: what amplifies K1 must be either a cause, or a property with a rule.",
    ),
    Fault(
        "vocab/links.yaml",
        'rule: ">= 1", ',
        "",
        "amplifier_unclear",
        "vocab/links.yaml, line 10: what amplifies K1 must be either a cause, or a property with a rule.",
    ),
    Fault(
        "vocab/links.yaml",
        "reads: Household.member_count",
        "reads: Household.cow_count",
        "unknown_kind_property",
        "vocab/links.yaml, line 10: K1 names Household.cow_count, but no kind has that property.",
    ),
    Fault(
        "vocab/links.yaml",
        '">= 1"',
        "at least 1",
        "wrong_rule",
        'vocab/links.yaml, line 10: K1 has the rule "at least 1", which cannot be read.',
    ),
    Fault(
        "vocab/indicators.yaml",
        "cause: H01,",
        "cause: H09,",
        "unknown_cause",
        "vocab/indicators.yaml, line 6: I01 names the unknown cause H09.",
    ),
    Fault(
        "vocab/indicators.yaml",
        "rule_id: I01-H01",
        "rule_id: first",
        "rule_id_differs",
        "vocab/indicators.yaml, line 6: the rule of I01 must be called I01-H01.",
    ),
    Fault(
        "vocab/indicators.yaml",
        "operator: names",
        "operator: falls",
        "any_without_names",
        "vocab/indicators.yaml, line 12: I02: the cause is `any` if, and only if, the operator is `names`.",
    ),
    Fault(
        "vocab/indicators.yaml",
        "unit: count\n  scope: household\n  raises:\n    - {rule_id: I01",
        "unit: bushel\n  scope: household\n  raises:\n    - {rule_id: I01",
        "unknown_unit",
        "vocab/indicators.yaml, line 3: I01 has the unknown unit bushel.",
    ),
    Fault(
        "vocab/measures.yaml",
        "target: K1",
        "target: K9",
        "unknown_target",
        "vocab/measures.yaml, line 4: B01 aims at K9, which is neither a cause nor a link.",
    ),
    Fault(
        "vocab/measures.yaml",
        "family: health",
        "family: wealth",
        "unknown_code",
        "vocab/measures.yaml, line 3: B01 has the code wealth, which is not in the list family.",
    ),
    Fault(
        "vocab/measures.yaml",
        "is_development: false",
        "is_development: perhaps",
        "wrong_value",
        "vocab/measures.yaml, line 9: B01.is_development cannot be perhaps.",
    ),
    Fault(
        "vocab/feeds.yaml",
        "[I01]",
        "[I09]",
        "unknown_indicator",
        "vocab/feeds.yaml, line 7: village names the unknown indicator I09.",
    ),
    Fault(
        "vocab/feeds.yaml",
        "[Area]",
        "[Person]",
        "unknown_kind",
        "vocab/feeds.yaml, line 8: village names the kind Person, which is not there.",
    ),
    Fault(
        "vocab/feeds.yaml",
        "Household.member_count",
        "Household.cows",
        "unknown_kind_property",
        "vocab/feeds.yaml, line 9: village names Household.cows, but no kind has that property.",
    ),
    Fault(
        "vocab/roles.yaml",
        "place: rw",
        "place: all",
        "wrong_right",
        "vocab/roles.yaml, line 4: the role clerk has the right all for place, which means nothing.",
    ),
    Fault(
        "vocab/roles.yaml",
        ", personal: r",
        "",
        "wrong_right",
        "vocab/roles.yaml, line 4: the role clerk has the right None for personal, which means nothing.",
    ),
    Fault(
        "vocab/roles.yaml",
        "place: rw",
        "place: rw, moon: r",
        "wrong_right",
        "vocab/roles.yaml, line 4: the role clerk has the right r for moon, which means nothing.",
    ),
    Fault(
        "vocab/phases.yaml",
        "order: 2",
        "order: 1",
        "order_twice",
        "vocab/phases.yaml, line 2: the phases above and below have the same order.",
    ),
    Fault(
        "vocab/links.yaml",
        "{cause: F01, factor: 1.5}",
        "{cause: F01, factor: 1.5, odds: 2}",
        "unknown_inner_key",
        "vocab/links.yaml, line 9: K1 has the unknown key amplified_by.0.odds.",
    ),
    Fault(
        "vocab/links.yaml",
        "{cause: F01, factor: 1.5}",
        "{cause: F01}",
        "missing_key",
        "vocab/links.yaml, line 9: K1 lacks amplified_by.0.factor.",
    ),
    Fault(
        "vocab/causes.yaml",
        "  dimension: F\n",
        "  dimension: F\n  code: F01\n  colour: red\n",
        "unknown_key",
        "vocab/causes.yaml, line 13: F01 has the unknown key code.",
    ),
    Fault(
        "vocab/measures.yaml",
        "cost_fen: 100\n",
        "cost_fen: a lot\n",
        "wrong_value",
        "vocab/measures.yaml, line 6: B01.cost_fen cannot be a lot.",
    ),
    Fault(
        "vocab/causes.yaml",
        "{en: illness, zh: 疾病}",
        "illness",
        "wrong_value",
        "vocab/causes.yaml, line 2: H01.label cannot be illness.",
    ),
    Fault(
        "vocab/products.yaml",
        "{label: {en: rice, zh: 稻谷}}",
        "rice",
        "wrong_value",
        "vocab/products.yaml, line 1: rice cannot be rice.",
    ),
    Fault(
        "vocab/causes.yaml", "zh: 负债}", "zh: }", "missing_label", "vocab/causes.yaml, line 11: F01 lacks label.zh."
    ),
    Fault(
        "vocab/causes.yaml",
        "F01:\n",
        "F01:\n  code: F02\n",
        "unknown_key",
        "vocab/causes.yaml, line 11: F01 has the unknown key code.",
    ),
    Fault(
        "vocab/causes.yaml",
        "{en: debt, zh: 负债}",
        '{en: "", zh: 负债}',
        "missing_label",
        "vocab/causes.yaml, line 11: F01 lacks label.en.",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}-{fault.new[:20]}")
def test_a_fault_in_vocabulary_is_told_with_file_and_line(fault: Fault, fault_of: Spoil):
    found = fault_of(fault.file, fault.old, fault.new)

    assert (found.code, found.what("en")) == (fault.code, fault.what)
