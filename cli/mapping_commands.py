"""`plumline mapping try`, `suggest` and `list`: a mapping tried, proposed, or chosen. Nothing is kept."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.context import context_of
from cli.question_options import parse_day
from cli.show_mapping import list_body, proposal_body, show_list, show_trial, trial_body
from cli.spoken_help import SpokenCommand, SpokenGroup
from cli.usage import UsageError
from graph_schema import load_schema
from loaders.mapping import find_mapping, load_mapping, ready_mappings
from loaders.mapping_proposal import propose
from loaders.mapping_trial import trial
from loaders.proposal_text import proposal_text

NOT_DONE, TO_BE_LOOKED_AT = 2, 1


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, add_completion=False, rich_markup_mode=None)
    group.callback()(mapping)
    group.command("try", help="help.mapping_try", cls=SpokenCommand)(try_mapping)
    group.command("suggest", help="help.mapping_suggest", cls=SpokenCommand)(suggest)
    group.command("list", help="help.mapping_list", cls=SpokenCommand)(list_mappings)
    application.add_typer(group, name="mapping", help="help.mapping")


def mapping(context: typer.Context) -> None:
    """Show the commands of the group where none was typed."""
    if context.invoked_subcommand is None:
        voice = context_of(context).voice
        if voice.is_json:
            raise UsageError("command_missing")
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)


def try_mapping(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="argument.tried_file")],
    chosen: Annotated[Path, typer.Argument(metavar="MAPPING", help="argument.mapping")],
) -> int:
    """Show ten rows before and after. Exit code 1 when rows would be rejected."""
    voice = context_of(context).voice
    schema = load_schema()
    tried = trial(path, load_mapping(find_mapping(chosen), schema), schema=schema, standard_input=sys.stdin.buffer)
    voice.json(trial_body(tried))
    show_trial(voice, tried)
    return TO_BE_LOOKED_AT if tried.counts.rejected else 0


def suggest(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="argument.tried_file")],
    feed: Annotated[str | None, typer.Option(metavar="FEED", help="option.feed")] = None,
    day: Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.fact_day")] = None,
) -> int:
    """Print a proposed mapping as YAML. Exit code 1 when no fact can be made of the columns."""
    here = context_of(context)
    proposal = propose(path, schema=load_schema(), day=day or here.today, feed=feed, standard_input=sys.stdin.buffer)
    text = proposal_text(proposal, here.voice.language)
    here.voice.json(proposal_body(proposal, text))
    if not here.voice.is_json:
        here.voice.machine_text(text)
    return 0 if proposal.facts else TO_BE_LOOKED_AT


def list_mappings(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(metavar="FEED", help="option.listed_feed")] = None,
) -> None:
    """Show the ready mappings, those of one feed with the columns that they read."""
    voice = context_of(context).voice
    schema = load_schema()
    if feed is not None and feed not in schema.feeds:
        raise UsageError("no_such_feed", feed=feed, known=", ".join(schema.feeds))
    listed = [mapping for mapping in ready_mappings(schema) if feed in (None, mapping.feed)]
    voice.json(list_body(listed))
    show_list(voice, listed, is_long=feed is not None)
