"""Help texts in the language of the person: in the code they are message codes, here they become sentences."""

from __future__ import annotations

from typer import Context
from typer.core import TyperCommand, TyperGroup

from cli.catalogue import CATALOGUE
from graph_schema.messages import Language

# What the parser itself writes into a help page; the English text is its own.
WORDS = ("help.usage", "help.options", "help.arguments", "help.commands", "help.help", "help.default", "help.required")


class SpokenCommand(TyperCommand):
    """A command whose help page speaks one language."""

    language: Language = "en"

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # the parser always makes this subclass
        """Return the help page."""
        return _in_language(super().get_help(ctx), self.language)


class SpokenGroup(TyperGroup):
    """The program, or a group of its commands, whose help page speaks one language."""

    language: Language = "en"

    def get_help(self, ctx: Context) -> str:  # type: ignore[override] # the parser always makes this subclass
        """Return the help page."""
        return _in_language(super().get_help(ctx), self.language)


def speak_help(command: SpokenCommand | SpokenGroup, language: Language) -> None:
    """Give the command, its options and its sub-commands their help texts in one language."""
    command.language = language
    command.help = CATALOGUE.text(command.help or "", {}, language)
    # Said in full in the list of commands, where the parser would cut it.
    command.short_help = command.help
    for parameter in command.params:
        told = getattr(parameter, "help", None)
        if told in CATALOGUE.messages:
            parameter.help = CATALOGUE.text(told, {}, language)  # type: ignore[attr-defined] # options and arguments have it
    if isinstance(command, SpokenGroup):
        for below in command.commands.values():
            if isinstance(below, SpokenCommand | SpokenGroup):
                speak_help(below, language)


def _in_language(page: str, language: Language) -> str:
    for code in WORDS:
        page = page.replace(CATALOGUE.text(code, {}, "en"), CATALOGUE.text(code, {}, language))
    return page
