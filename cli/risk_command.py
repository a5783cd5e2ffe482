"""`plumline risk [AREA]`: how at risk the households of an area are, and what carries it.

Of the graph, or with `--findings FILE` of files alone.
"""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.questions.risk_files import FilesAsked, risk_files
from analysis.questions.risk_files_households import Parts
from cli.context import Context, context_of
from cli.question_options import Day, Limit, ShowSensitive
from cli.risk_area import AreaAsked, list_runs, risk_of_area, share_of
from cli.risk_files import FindingsFile, NetworkFile, Posteriors, Seen, Target, parse_seen, write_json
from cli.show_risk_files import SHOWN_ROWS, Names, show_risks
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from graph_schema import load_schema


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("risk", help="help.risk", cls=SpokenCommand)(risk)


def risk(
    context: typer.Context,
    area: Annotated[str | None, typer.Argument(metavar="AREA", help="argument.risk_area")] = None,
    above: Annotated[float | None, typer.Option(metavar="SHARE", parser=share_of, help="option.above")] = None,
    households: Annotated[bool, typer.Option("--households", help="option.risk_households")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="option.keep_risk")] = False,
    runs: Annotated[bool, typer.Option("--runs", help="option.risk_runs")] = False,
    day: Day = None,
    network: NetworkFile = None,
    findings: FindingsFile = None,
    target: Target = None,
    seen: Seen = None,
    attribution: Annotated[bool, typer.Option("--attribution", help="option.attribution")] = False,
    chains: Annotated[bool, typer.Option("--chains", help="option.chains")] = False,
    posteriors: Posteriors = False,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show the risk of an area of the graph, or of every household of a file of findings."""
    here = context_of(context)
    if findings is None:
        if network or target or seen or attribution or chains or posteriors:
            raise UsageError("findings_missing", command="plumline risk")
        if runs and (area or above or households or keep or day):
            raise UsageError("runs_alone")
        if runs:
            list_runs(here)
        else:
            risk_of_area(here, AreaAsked(area, day, above, households, keep, show_sensitive, limit))
        return
    if area or above or households or keep or runs or day:
        raise UsageError("area_of_files")
    evidence = parse_seen(seen)
    if not here.voice.is_json and (attribution or chains or posteriors or evidence):
        raise UsageError("parts_need_json")
    asked = FilesAsked(
        findings=findings,
        network=load_schema() if network is None else network,
        target=target,
        seen=evidence,
        parts=Parts(attribution=attribution, chains=chains, posteriors=posteriors),
        show_sensitive=show_sensitive,
    )
    risk_of_files(here, asked, limit)


def risk_of_files(here: Context, asked: FilesAsked, limit: int | None) -> None:
    """Answer on files alone: no data folder and no graph are touched."""
    found = risk_files(asked)
    if here.voice.is_json:
        write_json(here.voice, found)
    else:
        show_risks(here.voice, Names(here.voice, asked), found, limit or SHOWN_ROWS)
