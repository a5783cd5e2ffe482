"""Every message that the code names exists, and every message that exists is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from analysis.assistance.parts import LapsedLink, MissingLink
from analysis.causes.parts import Finding
from analysis.contradictions.parts import Effect
from analysis.links.selection import WithHelp
from analysis.questions.produce_plan_answer import WhyUnsold
from cli.catalogue import CATALOGUE
from graph_store import StoreAway, StoreError
from ledger import LedgerError
from loaders.load_options import Step
from loaders.report import Status

FILES = sorted((Path(__file__).resolve().parents[2] / "cli").glob("*.py"))
# Codes put together from a word of an answer: the beginning, and every word that may follow.
FAMILIES: dict[str, tuple[str, ...]] = {
    "load.status_": get_args(Status),
    "finding.status_": get_args(Finding.model_fields["status"].annotation),
    "chains.link_": (*get_args(MissingLink), *get_args(LapsedLink.model_fields["link"].annotation)),
    "chains.lapsed_": get_args(LapsedLink.model_fields["state"].annotation),
    "contradictions.effect_": get_args(Effect),
    "assistance.only_": get_args(WithHelp),
    "assistance.chosen_": get_args(WithHelp),
    "progress.step_": get_args(Step),
    "produce.unsold_": get_args(WhyUnsold),
    "hint.": ("no_ledger", "wrong_password"),
}
DOTTED = re.compile(
    r"(help|argument|option|column|word|unit|list|load|status|check|chains|causes|buyers|board|demo|contradictions"
    r"|history|assistance|cut)\.[a-z_]+"
)
TELLING = ("text", "say", "heading", "what", "UsageError")


def constants() -> Iterator[str]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def first_words(*functions: str) -> Iterator[str]:
    """Yield the text that stands as the first argument where one of the functions is called."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in functions and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def test_every_code_that_is_used_exists() -> None:
    looks_like_one = {text for text in constants() if DOTTED.fullmatch(text)} - FAMILIES.keys()
    assert looks_like_one | set(first_words(*TELLING)) <= CATALOGUE.messages.keys()


def test_every_message_is_used() -> None:
    told = set(constants()) | {beginning + word for beginning, words in FAMILIES.items() for word in words}
    assert CATALOGUE.messages.keys() - told == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_that_a_code_is_made_with_has_its_message(family: str) -> None:
    known = {code.removeprefix(family) for code in CATALOGUE.messages if code.startswith(family)}
    assert known == set(FAMILIES[family])


@pytest.mark.parametrize("family", FAMILIES)
def test_the_code_makes_codes_with_every_family(family: str) -> None:
    assert family in set(constants())


def test_a_hint_is_about_an_error_that_another_package_knows() -> None:
    known = (
        LedgerError.catalogue.messages.keys()
        | StoreError.catalogue.messages.keys()
        | StoreAway.catalogue.messages.keys()
    )
    assert set(FAMILIES["hint."]) - known == set()


def test_every_fault_says_what_to_do() -> None:
    assert [code for code in first_words("UsageError") if CATALOGUE.messages[code].remedy is None] == []
