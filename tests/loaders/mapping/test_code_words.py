"""Shared code lists belong to the code lists of the schema, and no word means two codes of one list."""

from __future__ import annotations

import pytest

from graph_schema import Schema
from loaders.mapping.code_words import YES_NO, known_lists, read_word_lists, shared_codes
from loaders.mapping.units import bare_word

ANSWERS = {YES_NO: {"yes", "no"}, "pass_fail": {"pass", "fail"}}


@pytest.mark.parametrize("name", read_word_lists())
def test_the_codes_of_a_list_are_those_of_the_schema(schema: Schema, name: str) -> None:
    words = read_word_lists()[name]
    allowed = ANSWERS.get(name) or {entry.code for entry in schema.code_lists[words.of or name].codes}
    assert words.codes.keys() - allowed == set()


@pytest.mark.parametrize("name", read_word_lists())
def test_a_word_means_one_code(name: str) -> None:
    words = read_word_lists()[name]
    seen: dict[str, str] = {}
    for code, told in [*words.codes.items(), ("", words.empty)]:
        for word in told:
            assert seen.setdefault(bare_word(word), code) == code, word


def test_every_code_list_of_the_schema_may_be_named(schema: Schema) -> None:
    assert {name for name, entry in schema.code_lists.items() if entry.codes} <= set(known_lists(schema))
    topics = shared_codes("topic", schema)
    assert topics is not None
    assert topics.code_of_word["数字素养"] == "digital_literacy"


def test_a_list_that_is_nowhere_is_none(schema: Schema) -> None:
    assert shared_codes("colours", schema) is None


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("sex", "女", "female"),
        ("disability_grade", "残疾一级", "1"),
        ("disability_grade", "Ⅱ级", "2"),
        ("member_role", "户主", "head"),
        ("school_stage", "中职", "vocational"),
        ("housing_grade", "D级危房", "D"),
        ("income_kind", "务工收入", "wage"),
        ("product", "青梅", "green_plum"),
        ("measure", "小额信贷", "B30"),
        ("cause", "产品滞销", "M02"),
        (YES_NO, "有", "yes"),
    ],
)
def test_usual_words_are_understood(schema: Schema, name: str, word: str, code: str) -> None:
    shared = shared_codes(name, schema)
    assert shared is not None
    assert shared.code_of_word[bare_word(word)] == code
