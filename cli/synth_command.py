"""`plumline synth`: a made-up county of any size as feed files, and the truth behind them apart."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import Field
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cli.context import Context, context_of
from cli.spoken_help import SpokenCommand
from cli.voice import Voice
from graph_schema.meta import Form
from loaders.synthetic.county.county import CountyMade, OnBlock, write_county
from loaders.synthetic.county.plan import CountyRequest
from loaders.synthetic.county.rates import load_rates

# Two cores are what the promise of its speed is measured on.
PROCESSES = 2


class SynthBody(Form):
    """What `plumline synth` wrote. All of it is made up, except the names and codes of places."""

    version: Literal["synth/1"] = Field(default="synth/1", description="The form of this body.")
    feeds: str = Field(description="The folder of feed files, which `plumline load` takes as they are.")
    truth: str = Field(
        description="The folder that tells what is true and which faults were planted; never to be loaded."
    )
    is_made_up: Literal[True] = Field(default=True, description="Always true.")
    file_count: int = Field(description="How many feed files there are.")
    row_count: int = Field(description="How many rows they have together.")
    fault_count: int = Field(description="How many faults were planted: rows missing, late, wrong, or faulty.")
    rejected_count: int = Field(description="How many rows a load must reject: exactly these.")
    rows: dict[str, int] = Field(description="Rows by file; files of the truth begin with truth/.")


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("synth", help="help.synth", cls=SpokenCommand)(synth)


def synth(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="argument.synth_folder")],
    county: Annotated[str, typer.Option(metavar="CODE", help="option.synth_county")] = "350624",
    households: Annotated[int, typer.Option(metavar="N", help="option.synth_households")] = 1000,
    years: Annotated[int, typer.Option(metavar="Y", help="option.synth_years")] = 8,
    seed: Annotated[int, typer.Option(metavar="S", help="option.synth_seed")] = 1,
    truth: Annotated[Path | None, typer.Option(metavar="DIR", help="option.synth_truth")] = None,
    rates: Annotated[Path | None, typer.Option(metavar="FILE", help="option.synth_rates")] = None,
    processes: Annotated[int, typer.Option(metavar="P", help="option.synth_processes")] = PROCESSES,
) -> None:
    """Write a made-up county into an empty folder, and say what it is and how to load it."""
    here = context_of(context)
    request = CountyRequest(county, households, years, seed, load_rates(rates))
    with _telling(here.voice) as on_block:
        made = write_county(request, folder, truth=truth, processes=processes, on_block=on_block)
    here.voice.json(_body(made))
    _say_what_was_written(here, made)


def _say_what_was_written(here: Context, made: CountyMade) -> None:
    voice = here.voice
    voice.say("synth.made_up")
    voice.say("synth.feeds", folder=made.feeds, files=made.file_count, rows=f"{made.row_count:,}")
    voice.say("synth.truth", folder=made.truth)
    voice.say("synth.faults", count=f"{made.fault_count:,}", rejected=f"{made.rejected_count:,}")
    voice.say("synth.load")
    # A year apart, snapshots lack more than a load takes for ends unasked.
    words = ["plumline", "--data", f"{made.feeds}-data", "load", "--ends-all", str(made.feeds)]
    voice.line("  " + shlex.join(words), is_whole=True)


def _body(made: CountyMade) -> SynthBody:
    return SynthBody(
        feeds=str(made.feeds),
        truth=str(made.truth),
        file_count=made.file_count,
        row_count=made.row_count,
        fault_count=made.fault_count,
        rejected_count=made.rejected_count,
        rows=made.rows,
    )


@contextmanager
def _telling(voice: Voice) -> Iterator[OnBlock | None]:
    """Yield what tells how far the writing is: a bar for a person, a line a block for a file, nothing for a program."""
    if voice.is_json:
        yield None
        return
    if not voice.err.is_terminal:
        yield lambda done, total: voice.aside(voice.text("synth.block", done=done, total=total)) if total > 1 else None
        return
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=voice.err, transient=True) as bar:
        task = bar.add_task("")

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=voice.text("synth.block", done=done, total=total))

        yield show
