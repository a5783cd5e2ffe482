"""`plumline learn AREA`: what the outcomes of an area say of the strengths of the links; kept on request."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from analysis.drawing.learn_report import learn_html, learn_markdown
from analysis.learning.versions import write_network
from analysis.questions.learn import Learned
from analysis.questions.learn import learn as ask_learn
from analysis.questions.learn_answer import LearnAnswer
from analysis.questions.network_links import FEWEST_TOLD
from cli.context import Context, context_of
from cli.network_keeping import keep_learned
from cli.question_commands import graph_notices
from cli.question_options import ShowSensitive, parse_day
from cli.show_learn import show_learn
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.outcome_history import OutcomeHistory, outcome_history

# What a report is written as, by the end of its name.
MARKDOWN, HTML, JSON = ".md", ".html", ".json"
NETWORK_FILE = (".yaml", ".yml")

First = Annotated[date | None, typer.Option("--from", metavar="YYYY-MM-DD", parser=parse_day, help="option.learn_from")]
Keep = Annotated[bool, typer.Option("--keep", help="option.learn_keep")]
KnownThen = Annotated[bool, typer.Option("--known-then", help="option.learn_known_then")]
Report = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="option.learn_report")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="option.learn_out")]


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("learn", help="help.learn", cls=SpokenCommand)(learn)


def learn(
    context: typer.Context,
    area: Annotated[str, typer.Argument(metavar="AREA", help="argument.learn_area")],
    start: First = None,
    keep: Keep = False,
    known_then: KnownThen = False,
    report: Report = None,
    out: Out = None,
    show_sensitive: ShowSensitive = False,
) -> None:
    """Learn the strengths of the links from what came of the findings of an area."""
    here = context_of(context)
    _check_files(report, out)
    learned = _learned(here, area, start, is_known_then=known_then, show_sensitive=show_sensitive)
    answer = learned.answer
    if keep and not answer.is_too_few:
        answer = answer.model_copy(update={"kept_as": keep_learned(here, learned)})
    if report is not None:
        report.write_text(_written(here, report, answer), encoding="utf-8")
    if out is not None:
        write_network(out, learned.network, hidden=learned.hidden, fewest_told=FEWEST_TOLD)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_learn(here, answer)
        if keep and answer.kept_as is None:
            here.voice.say("learn.not_kept")
        for path in (report, out):
            if path is not None:
                here.voice.say("learn.written", file=path)


def _learned(here: Context, area_id: str, start: date | None, *, is_known_then: bool, show_sensitive: bool) -> Learned:
    work = here.workspace
    ledger = work.open_ledger()

    def read_year(area: str, first: date, last: date) -> OutcomeHistory:
        # All that was recorded until the end of the first day, by the clock of this machine.
        known_at = datetime.combine(first, time.max).astimezone() if is_known_then else None
        return outcome_history(ledger, work.schema, work.policy, start=first, end=last, area_id=area, known_at=known_at)

    with work.ready_graph(today=here.today) as graph:
        found = ask_learn(
            graph.store,
            work.schema,
            area_id,
            read_year,
            day=graph.day,
            start=start,
            is_known_then=is_known_then,
            show_sensitive=show_sensitive,
        )
        notices = (*found.answer.notices, *graph_notices(graph))
    return Learned(found.answer.model_copy(update={"notices": notices}), found.network, found.hidden)


def _check_files(report: Path | None, out: Path | None) -> None:
    """Raise UsageError for a file that cannot be written, before anything is computed."""
    if report is not None and report.suffix not in (MARKDOWN, HTML, JSON):
        raise UsageError("learn_report_form", file=report, known=", ".join((MARKDOWN, HTML, JSON)))
    if out is not None and out.suffix not in NETWORK_FILE:
        raise UsageError("learn_out_form", file=out)
    for path in (report, out):
        if path is not None and (path.exists() or not path.parent.is_dir()):
            raise UsageError("learn_file_there" if path.exists() else "learn_no_folder", file=path)


def _written(here: Context, path: Path, answer: LearnAnswer) -> str:
    language = here.voice.language
    match path.suffix:
        case ".html":
            return learn_html(answer, language)
        case ".json":
            return answer.model_dump_json(indent=2) + "\n"
        case _:
            return learn_markdown(answer, language)
