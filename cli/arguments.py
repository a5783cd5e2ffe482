"""The arguments of a call: options that all commands share may stand before or behind the command."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_schema.messages import LANGUAGES, Language

JSON_OPTION, LANGUAGE_OPTION, LANGUAGE_VARIABLE = "--json", "--lang", "PLUMLINE_LANGUAGE"
END_OF_OPTIONS = "--"
VERSION_OPTION = "--version"
# Behind a command this is an option of the command: `plumline network --version V`.
OWN_AFTER_A_COMMAND = (VERSION_OPTION,)


@dataclass(frozen=True)
class Arguments:
    """What was typed, taken apart: the shared options with their values, then the command and what is its own."""

    shared: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def command(self) -> str | None:
        """Return the name of the command, None where none was typed."""
        return self.own[0] if self.own and not self.own[0].startswith("-") else None

    @property
    def is_json(self) -> bool:
        """Return whether JSON is wanted."""
        return JSON_OPTION in self.shared

    def language(self, environment: Mapping[str, str]) -> Language:
        """Return the language that is wanted; where a wrong one is, that of the terminal, to say so in."""
        named = environment.get(LANGUAGE_VARIABLE, "")
        for option, following in pairwise((*self.shared, "")):
            name, equals, joined = option.partition("=")
            if name == LANGUAGE_OPTION:
                named = joined if equals else following
        return next((each for each in LANGUAGES if each == named), language_of(environment))


def taken_apart(arguments: Sequence[str], *, valued: Collection[str], flags: Collection[str]) -> Arguments:
    """Return the arguments with the shared options apart; `valued` are those that a value follows.

    >>> taken_apart(["status", "--json", "--data", "here"], valued=["--data"], flags=["--json"])
    Arguments(shared=('--json', '--data', 'here'), own=('status',))
    """
    shared: list[str] = []
    own: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == END_OF_OPTIONS:
            own += [argument, *waiting]
            break
        name, equals, _ = argument.partition("=")
        if name in valued and not equals and (not waiting or waiting[0].startswith(END_OF_OPTIONS)):
            # The parser, given nothing else, says that the value is missing.
            return Arguments((*shared, argument), ())
        if name in valued:
            shared += [argument] if equals else [argument, waiting.pop(0)]
        elif argument in flags and not (argument in OWN_AFTER_A_COMMAND and own):
            shared.append(argument)
        else:
            own.append(argument)
    return Arguments(tuple(shared), tuple(own))


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language of the terminal: Chinese when the locale is Chinese, else English."""
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
