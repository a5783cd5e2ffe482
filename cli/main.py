"""The command `plumline`: parses, asks one function, shows the answer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import data_commands, demo_command, question_commands, serve_command
from cli.context import Context
from cli.spoken_help import speak_help
from cli.voice import Voice, language_of
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.settings import read_settings

# Exit codes: 0 done, 1 done but something is to be looked at (rejects, faults in the graph), 2 not done.
NOT_DONE = 2

application = typer.Typer(
    name="plumline", help="help.plumline", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
data_commands.register(application)
question_commands.register(application)
demo_command.register(application)
serve_command.register(application)


@application.callback()
def options(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="option.data")] = None,
    graph: Annotated[str | None, typer.Option(help="option.graph")] = None,
    policy: Annotated[Path | None, typer.Option(help="option.policy")] = None,
    lang: Annotated[str | None, typer.Option(help="option.lang")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="option.json")] = False,
) -> None:
    """Read the settings that every command shares."""
    settings = read_settings(os.environ, data=data, graph=graph, policy=policy, language=lang)
    voice = Voice(settings.language or language_of(os.environ), is_json=as_json)
    context.obj = Context(settings, voice)


def run(arguments: list[str] | None = None) -> None:
    """Run one command and exit; faults are told in the language of the person, without a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    language = _wanted_language(given)
    command = speak_help(typer.main.get_command(application), language)
    try:
        code = command.main(given, prog_name="plumline", standalone_mode=False)
    except PlumlineError as error:
        Voice(language, is_json="--json" in given).fault(error)
        code = NOT_DONE
    sys.exit(code or 0)


def _wanted_language(arguments: list[str]) -> Language:
    """Return the language before the settings are read, since faults in the settings are told in it too."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in ("en", "zh"):
            return "zh" if value == "zh" else "en"
    wanted = os.environ.get("PLUMLINE_LANGUAGE")
    if wanted in ("en", "zh"):
        return "zh" if wanted == "zh" else "en"
    return language_of(os.environ)
