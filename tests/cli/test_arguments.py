"""Shared options stand before or behind the command; the language is known before the settings are."""

from __future__ import annotations

import pytest

from cli.arguments import Arguments, language_of, taken_apart


def apart(*arguments: str) -> Arguments:
    return taken_apart(arguments, valued=["--data", "--lang"], flags=["--json"])


@pytest.mark.parametrize(
    "typed",
    [
        ("--json", "--data", "here", "chains", "--area", "1"),
        ("chains", "--area", "1", "--json", "--data", "here"),
        ("--json", "chains", "--data", "here", "--area", "1"),
    ],
)
def test_a_shared_option_may_stand_before_or_behind_the_command(typed: tuple[str, ...]) -> None:
    assert apart(*typed) == Arguments(("--json", "--data", "here"), ("chains", "--area", "1"))


def test_a_value_may_be_joined_to_its_option() -> None:
    assert apart("status", "--data=here") == Arguments(("--data=here",), ("status",))


def test_what_follows_two_dashes_belongs_to_the_command() -> None:
    assert apart("load", "--", "--json") == Arguments((), ("load", "--", "--json"))


@pytest.mark.parametrize("typed", [("status", "--data"), ("status", "--data", "--json")])
def test_an_option_without_its_value_is_left_alone_for_the_parser_to_refuse(typed: tuple[str, ...]) -> None:
    assert apart(*typed) == Arguments(("--data",), ())


@pytest.mark.parametrize(("typed", "command"), [(("status",), "status"), (("--foo",), None), ((), None)])
def test_the_command_is_the_first_word_that_is_no_option(typed: tuple[str, ...], command: str | None) -> None:
    assert apart(*typed).command == command


def test_the_last_language_counts() -> None:
    assert apart("--lang", "en", "status", "--lang=zh").language({}) == "zh"


def test_the_option_wins_over_the_environment() -> None:
    assert apart("--lang", "en").language({"PLUMLINE_LANGUAGE": "zh"}) == "en"


def test_the_environment_wins_over_the_terminal() -> None:
    assert apart("status").language({"PLUMLINE_LANGUAGE": "zh", "LANG": "en_GB.UTF-8"}) == "zh"


def test_a_language_that_is_not_spoken_is_refused_in_that_of_the_terminal() -> None:
    assert apart("--lang", "fr").language({"LANG": "zh_CN.UTF-8"}) == "zh"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_a_chinese_terminal_is_spoken_to_in_chinese(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
