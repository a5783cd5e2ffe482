"""Rules of an assistance plan as people write them, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assistance.files.rules_file import joined_rules, read_rules, rules_entries, rules_of
from analysis.assistance.plan.rules import Ceiling, Floor, Forbidden, Locked, Rules, rules_text
from analysis.errors import QuestionError

WRITTEN = """\
locked:
  - {household: H-1, programme: P-1, least_yuan: 500}
  - {household: H-2, programme: P-1}
forbidden: [{household: H-1, programme: P-2}]
floors: [{village: V-1, least_yuan: 20000.5}]
ceilings: [{enterprise: E-1, most_yuan: 0}]
"""
FAULTS = {
    "locked: [{household: H-1}]": ("assist_rules_missing", "locked.0.programme"),
    "floors: [{village: V-1}]": ("assist_rules_missing", "floors.0.least_yuan"),
    "reserved: []": ("assist_rules_unknown_part", "reserved"),
    "locked: [{household: 7, programme: P}]": ("assist_rules_value", "locked.0.household"),
    "floors: [{village: V-1, least_yuan: 0}]": ("assist_rules_value", "floors.0.least_yuan"),
    "floors: [{village: V-1, least_yuan: 0.005}]": ("assist_rules_value", "floors.0.least_yuan"),
    "floors: [{village: V-1, least_yuan: yes}]": ("assist_rules_value", "floors.0.least_yuan"),
    "floors: [{village: V-1, least_yuan: .nan}]": ("assist_rules_value", "floors.0.least_yuan"),
    "ceilings: [{enterprise: E-1, most_yuan: -1}]": ("assist_rules_value", "ceilings.0.most_yuan"),
}
IDS = st.text("ABC123-", min_size=1, max_size=4)
FEN = st.integers(1, 10**12)
ANY_RULE = st.one_of(
    st.builds(Locked, IDS, IDS, FEN),
    st.builds(Forbidden, IDS, IDS),
    st.builds(Floor, IDS, FEN),
    st.builds(Ceiling, IDS, st.integers(0, 10**12)),
)


def test_amounts_are_written_in_yuan_and_a_lock_without_one_asks_for_any_help(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(WRITTEN, encoding="utf-8")
    assert read_rules(tmp_path / "rules.yaml") == Rules(
        locked=(Locked("H-1", "P-1", 50000), Locked("H-2", "P-1", 1)),
        forbidden=(Forbidden("H-1", "P-2"),),
        floors=(Floor("V-1", 2000050),),
        ceilings=(Ceiling("E-1", 0),),
    )


def test_a_lock_on_any_help_is_told_without_an_amount() -> None:
    text = rules_text(Rules(locked=(Locked("H-2", "P-1", 1), Locked("H-1", "P-1", 50000))))
    assert text.en == (
        "locked: programme P-1 gives household H-2 something; "
        "locked: programme P-1 covers at least 500.00 yuan of the needs of household H-1"
    )


@pytest.mark.parametrize("written", FAULTS)
def test_a_fault_of_a_rules_file_names_its_place(tmp_path: Path, written: str) -> None:
    (tmp_path / "rules.yaml").write_text(f"# ours\n{written}\n", encoding="utf-8")
    with pytest.raises(QuestionError) as caught:
        read_rules(tmp_path / "rules.yaml")
    code, place = FAULTS[written]
    assert caught.value.code == code
    assert f"rules.yaml, line 2: {place}" in caught.value.what("en")
    assert "rules.yaml 第 2 行：" in caught.value.what("zh")


@given(rules=st.lists(ANY_RULE, max_size=6).map(Rules.of))
def test_what_is_written_of_rules_is_read_as_the_same_rules(rules: Rules) -> None:
    assert rules_of(rules_entries(rules)) == rules


@given(first=st.lists(ANY_RULE, max_size=4).map(Rules.of), then=st.lists(ANY_RULE, max_size=4).map(Rules.of))
def test_joined_rules_hold_each_rule_of_both_once(first: Rules, then: Rules) -> None:
    joined = joined_rules(first, then)
    assert set(joined.all) == {*first.all, *then.all}
    assert len(joined.all) == len(set(joined.all))
