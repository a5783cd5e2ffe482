"""`plumline compact` and `erase`: the ledger put in order, and a household taken out of it for good."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.bodies import CompactBody, EraseBody
from cli.context import Context, context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.loading import project_news
from cli.progress import steps
from cli.show_load import show_update
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from graph_schema.errors import PlumlineError
from ledger import CompactReport
from ledger.backup import Waiting
from loaders.erase import DataFolder, ErasureReport, erase_household, preview_erasure
from loaders.graph_update import UpdateReport
from loaders.load_place import REJECTS_FOLDER
from loaders.settings import EMBEDDED

MEGABYTE = 1_000_000


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    application.command("compact", help="help.compact", cls=SpokenCommand)(compact)
    application.command("erase", help="help.erase", cls=SpokenCommand)(erase)


def compact(context: typer.Context, wait: Wait = WAIT_SECONDS) -> None:
    """Join the files of the ledger, sort them by household, and remove what no reader needs."""
    here = context_of(context)
    with steps(here.voice) as told:
        report = here.workspace.open_ledger().compact(wait_seconds=wait, on_wait=told.waiting)
    here.voice.json(CompactBody.model_validate(report.to_dict()))
    _show_compaction(here, report)


def erase(
    context: typer.Context,
    household: Annotated[str, typer.Argument(metavar="HOUSEHOLD", help="argument.erased_household")],
    yes: Annotated[bool, typer.Option("--yes", help="option.erase_yes")] = False,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="option.erase_why")] = None,
    wait: Wait = WAIT_SECONDS,
) -> int:
    """Take a household out of ledger, rejects files and graph for good; without --yes say what would go."""
    here = context_of(context)
    data = DataFolder(
        here.workspace.open_ledger(),
        here.workspace.identity,
        here.settings.data / REJECTS_FOLDER,
        has_graph=here.settings.graph == EMBEDDED,
    )
    if not yes:
        planned = preview_erasure(data, household)
        here.voice.json(_body(planned, None))
        _show_erasure(here, planned)
        here.voice.say("erase.confirm")
        return 0
    if why is None or not why.strip():
        raise UsageError("why_missing")
    with steps(here.voice) as told:
        waiting = Waiting(wait, told.waiting)
        done = erase_household(data, household, at=here.now, why=why.strip(), waiting=waiting)
    _show_erasure(here, done)
    try:
        update = project_news(here, day=here.today)
    except PlumlineError:
        # What was erased stays erased, so it is told before the graph's own fault.
        here.voice.json(_body(done, None))
        here.voice.say("erase.graph_later")
        raise
    here.voice.json(_body(done, update))
    if update is None:
        here.voice.say("erase.graph_later")
    else:
        show_update(here.voice, update)
    return 0


def _show_compaction(here: Context, report: CompactReport) -> None:
    voice = here.voice
    changed = [table for table in report.tables if table.is_rewritten or table.files_removed]
    if not changed:
        voice.say("compact.in_order", count=len(report.tables))
        return
    voice.table(
        (
            "column.table",
            "column.files_before",
            "column.files_after",
            "column.mb_before",
            "column.mb_after",
            "column.files_removed",
        ),
        [
            [
                table.table,
                table.files_before,
                table.files_after,
                f"{table.bytes_before / MEGABYTE:,.2f}",
                f"{table.bytes_after / MEGABYTE:,.2f}",
                table.files_removed,
            ]
            for table in changed
        ],
    )
    voice.say("compact.done", count=len(changed), total=len(report.tables), seconds=f"{report.seconds:.1f}")
    voice.say("compact.kept")


def _show_erasure(here: Context, report: ErasureReport) -> None:
    voice, schema = here.voice, here.workspace.schema
    voice.say(
        "erase.done" if report.is_done else "erase.planned",
        facts=f"{report.row_count:,}",
        persons=report.person_count,
        rejected=report.rejected_row_count,
    )
    voice.table(
        ("column.kind", "column.name", "column.count"),
        [
            [
                kind,
                schema.fact_tables[kind].kind.label.text(voice.language) if kind in schema.fact_tables else "",
                count,
            ]
            for kind, count in sorted(report.rows.items(), key=lambda entry: (-entry[1], entry[0]))
        ],
    )
    if report.emptied_count:
        voice.say("erase.emptied", count=report.emptied_count)
    if report.load_count:
        voice.say("erase.in_loads", count=report.load_count)
    if report.is_done:
        voice.say("erase.elsewhere")
        voice.say("erase.coming_back")


def _body(report: ErasureReport, update: UpdateReport | None) -> EraseBody:
    return EraseBody.model_validate({**report.to_dict(), "graph": update.to_dict() if update else None})
