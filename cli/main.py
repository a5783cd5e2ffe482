"""The command `plumline`: parses, asks one function, shows the answer."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperOption
from typer.main import get_command

from cli.arguments import VERSION_OPTION, Arguments, taken_apart
from cli.commands import COMMANDS, add_commands, modules_with
from cli.context import Context
from cli.question_options import parse_language
from cli.spoken_help import SpokenGroup, speak_help
from cli.usage import UsageError, usage_error
from cli.voice import ReaderGone, Voice
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.settings import read_settings

# 0: done. 1: done, but something is to be looked at, such as rejects or faults in the graph.
NOT_DONE = 2
# What a shell expects of a command that Ctrl-C, or the end of its reader, has stopped.
INTERRUPTED, READER_GONE = 130, 141


def program_of(modules: Iterable[str] = tuple(COMMANDS)) -> SpokenGroup:
    """Return the program with the commands of these modules; of all, if none is named."""
    application = typer.Typer(
        name="plumline",
        help="help.plumline",
        cls=SpokenGroup,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(options)
    add_commands(application, modules)
    program = get_command(application)
    if not isinstance(program, SpokenGroup):
        raise TypeError("a program of several commands is a group")
    return program


def options(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="option.data")] = None,
    graph: Annotated[str | None, typer.Option(metavar="URL", help="option.graph")] = None,
    policy: Annotated[Path | None, typer.Option(metavar="FOLDER", help="option.policy")] = None,
    lang: Annotated[Language | None, typer.Option(metavar="en|zh", parser=parse_language, help="option.lang")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="option.json")] = False,
    show_version: Annotated[bool, typer.Option(VERSION_OPTION, help="option.version")] = False,
) -> None:
    """Read the settings that every command shares. The voice has been chosen before, to say faults of these in."""
    voice = context.obj
    if not isinstance(voice, Voice):
        raise TypeError("`perform` calls the program")
    if show_version:
        typer.echo(version("plumline"))
        raise typer.Exit
    if context.invoked_subcommand is None and voice.is_json:
        raise UsageError("command_missing")
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)
    context.obj = Context(read_settings(os.environ, data=data, graph=graph, policy=policy, language=lang), voice)


def run() -> None:
    """Run the command that was typed, and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # the streams of a process are text files
    # Libraries write of troubles that are told here in our own words.
    logging.getLogger().addHandler(logging.NullHandler())
    code = perform(sys.argv[1:])
    if code == READER_GONE:
        # What is left to say goes nowhere, else the interpreter complains when it ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.dup2(nowhere, sys.stderr.fileno())
    sys.exit(code)


def perform(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; faults are told in the language of the person, without a traceback."""
    typed = _typed(arguments, program_of(()))
    is_version = VERSION_OPTION in typed.shared and not typed.own
    program = program_of(() if is_version else modules_with(typed.command))
    voice = Voice(typed.language(os.environ), is_json=typed.is_json)
    try:
        return _performed(program, typed, voice)
    except ReaderGone:
        return READER_GONE


def _performed(program: SpokenGroup, typed: Arguments, voice: Voice) -> int:
    try:
        _check_commands(program, typed.own)
        speak_help(program, voice.language)
        code = program.main([*typed.shared, *typed.own], prog_name="plumline", standalone_mode=False, obj=voice)
    except typer.TyperException as fault:
        return _not_done(voice, usage_error(fault, " ".join(("plumline", *_commands(program, typed.own)))))
    except PlumlineError as fault:
        return _not_done(voice, fault)
    except OSError as fault:
        return _not_done(voice, UsageError("system_refuses", file=fault.filename or "-", reason=fault.strerror))
    if code == INTERRUPTED:
        voice.fault(UsageError("stopped"))
    return int(code or 0)


def _commands(program: SpokenGroup, own: Sequence[str]) -> list[str]:
    """Return the words that lead to the command that was typed: itself, and before it the group it belongs to."""
    if not own or own[0].startswith("-"):
        return []
    below = program.commands.get(own[0])
    return [own[0], *(_commands(below, own[1:]) if isinstance(below, SpokenGroup) else [])]


def _check_commands(program: SpokenGroup, own: Sequence[str]) -> None:
    """Raise `no_such_command` where a command, or one of a group, is not known."""
    group, before = program, ""
    for word in _commands(program, own):
        below = group.commands.get(word)
        if below is None:
            raise UsageError("no_such_command", command=before + word, known=", ".join(group.commands))
        if isinstance(below, SpokenGroup):
            group, before = below, f"{before}{word} "


def _typed(arguments: Sequence[str], program: SpokenGroup) -> Arguments:
    options = [parameter for parameter in program.params if isinstance(parameter, TyperOption)]
    return taken_apart(
        arguments,
        valued=[name for option in options if not option.is_flag for name in option.opts],
        flags=[name for option in options if option.is_flag for name in option.opts],
    )


def _not_done(voice: Voice, error: PlumlineError) -> int:
    voice.fault(error)
    return NOT_DONE
