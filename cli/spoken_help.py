"""Help texts in the language of the person: in the code they are message codes, here they become sentences."""

from __future__ import annotations

import click

from cli.voice import CATALOGUE
from graph_schema.messages import Language


def speak_help(command: click.Command, language: Language) -> click.Command:
    """Return the command with every help text, of its options and of its sub-commands, in one language."""
    command.help = _spoken(command.help, language)
    command.short_help = None
    for parameter in command.params:
        wanted = getattr(parameter, "help", None)
        if wanted in CATALOGUE.messages:
            parameter.help = _spoken(wanted, language)  # type: ignore[attr-defined] # options have it, arguments too in typer
    for below in getattr(command, "commands", {}).values():
        speak_help(below, language)
    return command


def _spoken(code: str | None, language: Language) -> str | None:
    return CATALOGUE.text(code, {}, language) if code in CATALOGUE.messages and code is not None else code
