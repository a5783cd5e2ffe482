"""One judged file into the ledger as one load, or into nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from ledger import LoadRecord, Writer
from ledger.durable import sync
from loaders.checks.fact_warning import FactWarning
from loaders.errors import LoadError
from loaders.loading import JudgedFile, Loading
from loaders.reject import RejectSource
from loaders.rejects_file import REJECTS_ENDING, write_rejects
from loaders.repeated import repeated_count
from loaders.report import LoadReport
from loaders.snapshot import ABSENCE, Absent, absence_table

# A report shows the first rejects and warnings; the rejects file holds all rejects.
SHOWN_REJECTS = SHOWN_WARNINGS = 100
DRY_RUN = "dry-run"
NOT_LOADED_ENDING = ".not_loaded.csv"


@dataclass(frozen=True)
class Findings:
    """What was found about a file beside its rows: warnings, and what the snapshot that it completes lacks."""

    warnings: Sequence[FactWarning] = ()
    absent: Sequence[Absent] = ()
    notes: Sequence[LoadError] = ()


@contextmanager
def written_ledger(loading: Loading) -> Iterator[Writer | None]:
    """Hold the ledger for writing; None in a dry run, which writes nothing. Raises LedgerLocked."""
    options = loading.options
    with (
        nullcontext() if options.is_dry_run else loading.ledger.writing(options.wait_seconds, on_wait=options.on_wait)
    ) as writer:
        yield writer


def write_load(judged: JudgedFile, found: Findings, writer: Writer | None, loading: Loading) -> LoadReport:
    """Append what is kept of the file as one load, and write its rejects file before the load counts.

    Raises LoadError `too_many_rejects` above the limit, or `rejects_not_written`; then nothing of the file counts.
    """
    source = RejectSource(judged.plan.file.name, judged.read.raw, judged.checked, judged.verdict)
    report = _report(judged, found, source, loading)
    _check_limit(judged, source, loading)
    # Facts recorded late still belong to loads in the order in which they came.
    started_at = loading.options.clock() if loading.options.is_backfill else loading.recorded_at
    load_id = writer.begin(feed=judged.plan.feed, started_at=started_at) if writer else DRY_RUN
    tables = judged.facts(load_id, loading)
    repeated = repeated_count(tables, feed=judged.plan.feed, ledger=loading.ledger, schema=loading.schema)
    if _says_nothing_new(judged, found, tables, repeated):
        reason = LoadError("rows_known", accepted=judged.rows.accepted)
        return replace(report, status="known", reason=reason, rows=type(judged.rows)(), by_kind=())
    report = replace(report, repeated_count=repeated)
    if writer is None:
        return replace(report, status="checked")
    rejects_file = _rejects_path(judged, load_id, loading, REJECTS_ENDING) if judged.rows.rejected else None
    for kind, table in tables.items():
        writer.append(load_id, kind, table)
    if found.absent:
        writer.append(load_id, ABSENCE, _absences(judged, found, load_id, loading))
    if rejects_file:
        _write_rejects(rejects_file, source, judged, loading)
    writer.count(_record(judged, report, load_id, loading))
    return replace(report, load_id=load_id, rejects_file=rejects_file)


def _report(judged: JudgedFile, found: Findings, source: RejectSource, loading: Loading) -> LoadReport:
    return LoadReport(
        judged.plan.path,
        "loaded",
        judged.plan.feed,
        judged.plan.version,
        name=judged.plan.file.name,
        rows=judged.rows,
        by_kind=judged.by_kind,
        rejects=tuple(islice(source.rejects(), SHOWN_REJECTS)),
        warnings=tuple(found.warnings[:SHOWN_WARNINGS]),
        warning_count=len(found.warnings),
        absent=tuple((absent.kind, len(absent.keys), absent.absent_on) for absent in found.absent),
        notes=tuple(found.notes),
        is_made_up=judged.is_made_up,
        is_backfill=loading.options.is_backfill,
        origin=judged.origin.label if judged.origin else None,
    )


def _check_limit(judged: JudgedFile, source: RejectSource, loading: Loading) -> None:
    limit, rows = loading.options.most_rejects, judged.rows
    if limit is None or limit.allows(rejected=rows.rejected, read=rows.read):
        return
    path = _rejects_path(judged, f"{loading.recorded_at:%Y%m%dT%H%M%SZ}", loading, NOT_LOADED_ENDING)
    if not loading.options.is_dry_run:
        _write_rejects(path, source, judged, loading)
    told = {"rejected": rows.rejected, "read": rows.read, "limit": limit, "file": judged.plan.file.name}
    raise LoadError("too_many_rejects", list=path, **told)


def _says_nothing_new(judged: JudgedFile, found: Findings, tables: dict[str, pa.Table], repeated: int) -> bool:
    said = sum(table.num_rows for table in tables.values())
    return bool(said) and repeated == said and not judged.rows.rejected and not found.absent


def _absences(judged: JudgedFile, found: Findings, load_id: str, loading: Loading) -> pa.Table:
    return absence_table(
        found.absent,
        schema=loading.ledger.arrow_schema(ABSENCE),
        load_id=load_id,
        feed=judged.plan.feed,
        recorded_at=loading.recorded_at,
        is_made_up=judged.is_made_up,
    )


def _rejects_path(judged: JudgedFile, load: str, loading: Loading, ending: str) -> Path:
    return loading.rejects_folder / f"{judged.plan.rejects_name}.{load}{ending}"


def _write_rejects(path: Path, source: RejectSource, judged: JudgedFile, loading: Loading) -> None:
    try:
        write_rejects(
            path, source, judged.read.first_lines, delimiter=judged.delimiter, language=loading.options.language
        )
        # The load may count from here on, and a loss of power must not take what it rejected.
        sync(path)
        sync(path.parent)
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise LoadError("rejects_not_written", list=path, reason=fault.strerror or fault) from fault


def _record(judged: JudgedFile, report: LoadReport, load_id: str, loading: Loading) -> LoadRecord:
    options, rows = loading.options, judged.rows
    return LoadRecord(
        load_id=load_id,
        feed=judged.plan.feed,
        file_name=judged.plan.file.name,
        file_hash=judged.file_hash,
        mapping_version=judged.plan.version,
        read_count=rows.read,
        accepted_count=rows.accepted,
        rejected_count=rows.rejected,
        started_at=options.clock() if options.is_backfill else loading.recorded_at,
        finished_at=options.clock(),
        recorded_at=loading.recorded_at,
        is_made_up=judged.is_made_up,
        origin=report.origin,
        is_backfill=options.is_backfill,
        warning_count=report.warning_count,
        repeated_count=report.repeated_count,
        absent_count=sum(count for _, count, _ in report.absent),
    )
