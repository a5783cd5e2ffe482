"""What came of a load, for a person: a line a file, then why rows were rejected and where they are."""

from __future__ import annotations

from cli.voice import Voice
from loaders.report import LoadOutcome, LoadReport

SHOWN_REJECTS = 5


def show_load(voice: Voice, outcome: LoadOutcome) -> None:
    """Print what was read, accepted and rejected of each file, and what to do about the rest."""
    rows: list[list[object]] = [
        [
            report.file.name,
            report.feed,
            voice.text(f"load.{report.status}"),
            report.rows.read,
            report.rows.accepted,
            report.rows.rejected,
        ]
        for report in outcome.reports
    ]
    voice.table(
        ["column.file", "column.feed", "column.result", "column.read", "column.accepted", "column.rejected"], rows
    )
    for report in outcome.reports:
        _show_troubles(voice, report)
    for path in outcome.unknown_files:
        voice.say("load.unknown_file", file=path)
    total = outcome.rows
    voice.say("load.total", read=f"{total.read:,}", accepted=f"{total.accepted:,}", rejected=f"{total.rejected:,}")


def _show_troubles(voice: Voice, report: LoadReport) -> None:
    if report.reason is not None and report.status != "known":
        voice.line(f"{report.file.name}: {report.reason.text(voice.language)}", style="red")
    for reject in report.rejects[:SHOWN_REJECTS]:
        where = voice.text("load.place", line=reject.line, column=reject.column or "-", value=reject.value)
        voice.line(f"{report.file.name}: {where} {reject.what(voice.language)} {reject.remedy(voice.language)}")
    if report.rows.rejected > SHOWN_REJECTS:
        voice.say("load.more_rejects", count=report.rows.rejected - SHOWN_REJECTS)
    if report.rejects_file is not None:
        voice.say("load.rejects_file", file=report.rejects_file)
