"""What came of a load, for a person: a line a file, then why rows were rejected and where they are."""

from __future__ import annotations

from collections.abc import Sequence

from cli.voice import Voice
from loaders.graph_update import UpdateReport
from loaders.report import LoadOutcome, LoadReport

SHOWN_FILES, SHOWN_REJECTS, SHOWN_WARNINGS = 20, 5, 3
COLUMNS = ("column.file", "column.feed", "column.result", "column.read", "column.accepted", "column.rejected")


def show_load(voice: Voice, outcome: LoadOutcome) -> None:
    """Print what was read, accepted and rejected of each file, and what to do about the rest."""
    troubled = [report for report in outcome.reports if _is_troubled(report)]
    quiet = [report for report in outcome.reports if not _is_troubled(report)]
    # A file with rejects is never left out for the length of the list.
    shown = [*troubled, *quiet[: max(SHOWN_FILES - len(troubled), 0)]]
    _show_files(voice, [report for report in outcome.reports if report in shown])
    if len(outcome.reports) > len(shown):
        voice.say("load.more_files", count=len(outcome.reports) - len(shown))
    for path in outcome.unknown_files:
        voice.say("load.unknown_file", file=path)
    _show_rejects_files(voice, outcome)
    show_total(voice, outcome)


def show_total(voice: Voice, outcome: LoadOutcome) -> None:
    """Print how many files came in, and the rows of all of them together."""
    if not outcome.reports:
        voice.say("load.nothing")
        return
    known = sum(report.status == "known" for report in outcome.reports)
    if known:
        voice.say("load.known_files", count=known)
    if known == len(outcome.reports):
        return
    rows = outcome.rows
    voice.say(
        "load.total",
        files=len(outcome.reports) - known,
        read=f"{rows.read:,}",
        accepted=f"{rows.accepted:,}",
        rejected=f"{rows.rejected:,}",
    )


def show_update(voice: Voice, update: UpdateReport | None) -> None:
    """Say what the graph took in; None where another process holds it and will take it in."""
    if update is None:
        voice.say("graph_held")
    elif update.mode == "unchanged":
        voice.say("graph_unchanged")
    else:
        voice.say(
            "graph_rebuilt" if update.mode == "rebuilt" else "graph_updated",
            nodes=f"{sum(update.nodes.values()):,}",
            relationships=f"{sum(update.relationships.values()):,}",
            removed=f"{sum(update.removed.values()):,}",
            seconds=f"{update.seconds:.1f}",
        )


def _is_troubled(report: LoadReport) -> bool:
    is_doubtful = bool(report.warnings or report.notes)
    return report.status in ("refused", "held_back") or report.rows.rejected > 0 or is_doubtful


def _show_files(voice: Voice, reports: Sequence[LoadReport]) -> None:
    names = [report.name for report in reports]
    voice.table(
        COLUMNS,
        [
            [
                name if names.count(name) == 1 else str(report.file),
                report.feed,
                voice.text(f"load.status_{report.status}"),
                *((report.rows.read, report.rows.accepted, report.rows.rejected) if report.rows.read else (None,) * 3),
            ]
            for name, report in zip(names, reports, strict=True)
        ],
        details=[_troubles(voice, report) for report in reports],
    )


def _troubles(voice: Voice, report: LoadReport) -> list[str]:
    if report.reason is not None and report.status != "known":
        return [report.reason.text(voice.language)]
    told = [
        voice.text(
            "load.reject" if reject.column else "load.reject_of_row",
            line=reject.line,
            column=reject.column,
            what=reject.what(voice.language),
            remedy=reject.remedy(voice.language),
        )
        for reject in report.rejects[:SHOWN_REJECTS]
    ]
    if report.rows.rejected > SHOWN_REJECTS:
        told.append(voice.text("load.more_rejects", count=f"{report.rows.rejected - SHOWN_REJECTS:,}"))
    return [*told, *_doubts(voice, report), *_changes(voice, report)]


def _doubts(voice: Voice, report: LoadReport) -> list[str]:
    """Return the first warnings about rows that were accepted."""
    told = [
        voice.text(
            "load.warning",
            line=warning.line,
            column=warning.column,
            what=warning.what(voice.language),
            remedy=warning.remedy(voice.language),
        )
        for warning in report.warnings[:SHOWN_WARNINGS]
    ]
    if report.warning_count > SHOWN_WARNINGS:
        told.append(voice.text("load.more_warnings", count=f"{report.warning_count - SHOWN_WARNINGS:,}"))
    return told


def _changes(voice: Voice, report: LoadReport) -> list[str]:
    """Return what a person should know of what the file did beside bringing rows."""
    told = [
        voice.text("load.absent", count=f"{count:,}", kind=kind, day=day, feed=report.feed)
        for kind, count, day in report.absent
    ]
    told += [note.text(voice.language) for note in report.notes]
    if report.repeated_count:
        told.append(voice.text("load.repeated", count=f"{report.repeated_count:,}"))
    return told


def _show_rejects_files(voice: Voice, outcome: LoadOutcome) -> None:
    # Of a file with too many rejects the reason tells where they are: it is itself to be corrected.
    files = [report.rejects_file for report in outcome.reports if report.rejects_file and report.status == "loaded"]
    if files:
        voice.say("load.rejects_file")
    for file in files:
        voice.line(f"  {file}", is_whole=True)
