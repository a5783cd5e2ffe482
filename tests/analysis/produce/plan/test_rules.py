"""Rules read from a file or a mapping, their words, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import QuestionError
from analysis.produce.plan.rules import Floor, Forbidden, Locked, Reserved, Rules, read_rules, rules_of, rules_text

FILE = """
locked: [{lot: L1, demand: D1, least_kg: 500}]
forbidden: [{lot: L1, demand: D2}]
reserved:
  - {buyer: E1, least_kg: 3000, lots: [L1, L2]}
  - {buyer: D3, least_kg: 10}
floors: [{cooperative: C1, least_kg: 1000}]
"""
READ = Rules(
    locked=(Locked("L1", "D1", 500),),
    forbidden=(Forbidden("L1", "D2"),),
    reserved=(Reserved("E1", 3000, ("L1", "L2")), Reserved("D3", 10)),
    floors=(Floor("C1", 1000),),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_of_rule_is_read(tmp_path: Path) -> None:
    assert read_rules(written(tmp_path, FILE)) == READ


def test_an_empty_file_sets_no_rule(tmp_path: Path) -> None:
    assert read_rules(written(tmp_path, "")).is_empty


def test_only_rules_that_ask_for_kg_can_be_broken_by_selling_nothing() -> None:
    assert not Rules(forbidden=READ.forbidden).demands_something
    assert all(Rules.of([rule]).demands_something for rule in READ.all if not isinstance(rule, Forbidden))


def test_rules_sorted_into_their_kinds_are_the_same_rules() -> None:
    assert Rules.of(reversed(READ.all)) == Rules(READ.locked, READ.forbidden, READ.reserved[::-1], READ.floors)


@pytest.mark.parametrize(
    ("text", "code", "line", "place"),
    [
        ("locked:\n  - {lot: L1, least_kg: 5}", "produce_rules_missing", 2, "locked.0.demand"),
        ("floors:\n  - {cooperative: C1, least_kg: 0}", "produce_rules_value", 2, "floors.0.least_kg"),
        ("floors:\n\n  - {cooperative: C1, least_kg: 1.5}", "produce_rules_value", 3, "floors.0.least_kg"),
        ("floors: [{cooperative: C1, least_kg: yes}]", "produce_rules_value", 1, "floors.0.least_kg"),
        ("floors: [{cooperative: C1, least_kg: '10'}]", "produce_rules_value", 1, "floors.0.least_kg"),
        ("forbidden: [{lot: 17, demand: D1}]", "produce_rules_value", 1, "forbidden.0.lot"),
        ("locked: L1", "produce_rules_value", 1, "locked"),
        ("\nlocks: []", "produce_rules_unknown_part", 2, "locks"),
    ],
)
def test_a_faulty_rule_is_told_with_its_line_and_place(
    tmp_path: Path, text: str, code: str, line: int, place: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        read_rules(written(tmp_path, text))
    assert raised.value.code == code
    for language in ("en", "zh"):
        said = raised.value.what(language)
        assert all(part in said for part in ("rules.yaml", f" {line}", place))


def test_a_mapping_is_read_like_a_file() -> None:
    assert rules_of({"floors": [{"cooperative": "C1", "least_kg": 1000}]}).floors == READ.floors
    with pytest.raises(QuestionError, match="asked, line 1: floors"):
        rules_of({"floors": [{}]}, "asked")


def test_rules_are_told_in_words_in_both_languages() -> None:
    told = rules_text(Rules(reserved=READ.reserved, floors=READ.floors))
    assert told.en == (
        "reserved: at least 3000 kg of the lots L1, L2 for E1; reserved: at least 10 kg for D3; "
        "floor: at least 1000 kg sold for cooperative C1"
    )
    assert (
        told.zh
        == "预留：批次 L1、L2 中至少 3000 公斤给 E1；预留：至少 10 公斤给 D3；保底：合作社 C1 至少售出 1000 公斤"
    )
