"""`plumline export`, `backup` and `restore`: files for other programs, and the data folder kept safe."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Annotated, get_args

import typer

from cli.context import Context, context_of
from cli.export_bodies import BackupBody, ExportBody, RestoreBody
from cli.load_options import WAIT_SECONDS, Wait
from cli.progress import steps
from cli.question_options import AsOf, Day, ShowSensitive
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from ledger.backup import Waiting, write_backup
from ledger.backup_form import BackupList
from ledger.restore import check_backup, restore_backup
from loaders.export.run import ExportForm, ExportReport, ExportRequest, export
from loaders.graph_plan import AS_OF, DAY, LOADS
from loaders.identity import KEY_FILE
from loaders.settings import EMBEDDED

FORMS: tuple[ExportForm, ...] = get_args(ExportForm)
TABLES: tuple[ExportForm, ...] = ("parquet", "csv")


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    application.command("export", help="help.export", cls=SpokenCommand)(export_files)
    application.command("backup", help="help.backup", cls=SpokenCommand)(backup)
    application.command("restore", help="help.restore", cls=SpokenCommand)(restore)


def parse_export_form(text: str) -> ExportForm:
    """Return a form of export. Raises UsageError."""
    for known in FORMS:
        if text == known:
            return known
    raise UsageError("no_such_export_form", form=text, known=", ".join(FORMS))


Form = Annotated[
    ExportForm, typer.Option("--form", metavar="|".join(FORMS), parser=parse_export_form, help="option.export_form")
]
Facts = Annotated[bool, typer.Option("--facts", help="option.facts")]
OnlyFacts = Annotated[bool, typer.Option("--only-facts", help="option.only_facts")]
WithNames = Annotated[bool, typer.Option("--with-names", help="option.with_names")]
Gzip = Annotated[bool, typer.Option("--gzip", help="option.gzip")]
WithoutKey = Annotated[bool, typer.Option("--without-key", help="option.without_key")]


def export_files(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="argument.export_folder")],
    form: Form = "parquet",
    facts: Facts = False,
    only_facts: OnlyFacts = False,
    show_sensitive: ShowSensitive = False,
    with_names: WithNames = False,
    gzip: Gzip = False,
    as_of: AsOf = None,
    day: Day = None,
) -> None:
    """Write the graph, the facts or both into a new folder for other programs."""
    here = context_of(context)
    if (facts or only_facts) and form not in TABLES:
        raise UsageError("facts_need_tables", form=form, known=", ".join(TABLES))
    if gzip and form == "parquet":
        raise UsageError("gzip_not_for_parquet")
    # The end of the day where the command is typed.
    instant = datetime.combine(as_of, time.max).astimezone() if as_of else None
    workspace = here.workspace
    ledger = workspace.open_ledger()
    with workspace.ready_graph(today=here.today) as graph:
        shown = day or as_of or graph.day
        noted = {str(row["table_name"]): int(str(row["version"])) for row in graph.store.ask("upkeep/versions")}
    version = ledger.version if instant is None else ledger.version_at(instant)
    marked = {LOADS: version, DAY: shown.toordinal(), AS_OF: 0 if instant is None else int(instant.timestamp())}
    request = ExportRequest(
        folder=folder,
        form=form,
        day=shown,
        made_at=here.now,
        loads_version=version,
        markers=noted | marked,
        as_of=instant,
        has_graph=not only_facts,
        has_facts=facts or only_facts,
        show_sensitive=show_sensitive or here.settings.show_sensitive,
        with_names=with_names,
        is_gzip=gzip,
    )
    report = export(request, ledger, workspace.schema, workspace.policy)
    here.voice.json(ExportBody.model_validate({"folder": str(folder), **report.to_dict()}))
    _show_export(here, report)


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE.tar|FOLDER", help="argument.backup_target")],
    without_key: WithoutKey = False,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Copy what cannot be made again, and read the copy back before saying done."""
    here = context_of(context)
    ledger = here.workspace.open_ledger()
    keys = () if without_key or (ledger.version < 0 and not (ledger.folder / KEY_FILE).exists()) else (KEY_FILE,)
    with steps(here.voice) as told:
        made = write_backup(ledger, target, at=here.now, keys=keys, waiting=Waiting(wait, told.waiting))
    here.voice.json(BackupBody.model_validate({"backup": str(target), "form": made.form, **_told(made.files)}))
    here.voice.say("backup.done", target=target, **_counts(made.files))
    here.voice.say("backup.with_key" if made.files.keys else "backup.without_key", file=KEY_FILE)
    here.voice.say("backup.left_out")


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="argument.backup_source")],
    check: Annotated[bool, typer.Option("--check", help="option.check_backup")] = False,
) -> None:
    """Make a data folder from a backup, or only compare every file of it with its list."""
    here = context_of(context)
    folder = here.settings.data
    held = (
        check_backup(source, keys=(KEY_FILE,))
        if check
        else restore_backup(source, folder, here.workspace.schema, keys=(KEY_FILE,))
    )
    restored = {"backup": str(source), "data": None if check else str(folder), **_told(held)}
    here.voice.json(RestoreBody.model_validate(restored))
    here.voice.say("restore.checked" if check else "restore.done", backup=source, folder=folder, **_counts(held))
    if not held.keys:
        here.voice.say("restore.without_key", file=KEY_FILE)
    if not check:
        here.voice.say("restore.graph" if here.settings.graph == EMBEDDED else "restore.other_graph")


def _show_export(here: Context, report: ExportReport) -> None:
    voice, request = here.voice, report.request
    rows = sum(file.rows for file in report.files)
    size = f"{sum(file.size for file in report.files):,}"
    voice.say(
        "export.done", folder=request.folder, files=f"{len(report.files):,}", rows=f"{rows:,}", bytes=size,
        day=request.day, version=request.loads_version,
    )  # fmt: skip
    if report.is_made_up:
        voice.say("export.made_up")
    hidden = sum(report.left_out.rows.values()) + sum(report.left_out.facts.values())
    if not request.show_sensitive:
        voice.say("export.no_sensitive", count=f"{hidden:,}")
    if not request.with_names:
        voice.say("export.no_names")
    if request.form == "neo4j":
        voice.say("export.import_whole" if report.is_whole else "export.import_partial", folder=request.folder)
        voice.line("  " + (request.folder / "import.txt").read_text(encoding="utf-8").strip(), is_whole=True)


def _told(held: BackupList) -> dict[str, object]:
    return {
        "format": held.format,
        "ledger_version": held.ledger_version,
        "made_at": held.made_at,
        "has_key": bool(held.keys),
        "file_count": len(held.files),
        "size": held.size,
    }


def _counts(held: BackupList) -> dict[str, object]:
    return {"files": f"{len(held.files):,}", "bytes": f"{held.size:,}", "version": held.ledger_version}
