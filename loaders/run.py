"""From feed files to facts in the ledger: one load per file, every row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from logging import getLogger
from pathlib import Path

import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.messages import Language
from ledger import Ledger, LoadRecord
from loaders.checks.facts import Checked, check_facts
from loaders.checks.verdict import Verdict, judge
from loaders.errors import LoadError
from loaders.feeds import FeedFile, Origin, find_files, read_origin
from loaders.identity import Identity
from loaders.known_ids import KnownIds
from loaders.ledger_facts import FactOrigin, kept_facts
from loaders.load_plan import LoadPlan, ReadFile, plan_of, read_planned, refers_to
from loaders.mapping import Mapping, find_mapping, load_mapping
from loaders.reject import RejectSource
from loaders.rejects_file import write_rejects
from loaders.report import Counts, LoadOutcome, LoadReport

# A report shows the first rejects; the rejects file holds all.
SHOWN_REJECTS = 100

logger = getLogger(__name__)


@dataclass(frozen=True)
class Loading:
    """What all files of one call share."""

    ledger: Ledger
    schema: Schema
    identity: Identity
    recorded_at: datetime
    rejects_folder: Path
    language: Language
    known: KnownIds


@dataclass(frozen=True)
class JudgedFile:
    """A file read and checked, with the verdict on its rows."""

    plan: LoadPlan
    file_hash: str
    origin: Origin | None
    read: ReadFile
    checked: tuple[Checked, ...]
    verdict: Verdict

    @property
    def rows(self) -> Counts:
        """Return the rows of the file."""
        accepted = int((~self.verdict.is_rejected).sum())
        return Counts(self.read.raw.row_count, accepted, self.read.raw.row_count - accepted)

    @property
    def by_kind(self) -> tuple[tuple[str, Counts], ...]:
        """Return the facts that the rows say, by kind."""
        counts = dict.fromkeys(self.plan.kinds, Counts())
        for part, stays in zip(self.checked, self.verdict.stays, strict=True):
            kept = int(stays.sum())
            counts[part.facts.kind] += Counts(len(stays), kept, len(stays) - kept)
        return tuple(counts.items())


def load_files(
    paths: Sequence[Path],
    *,
    ledger: Ledger,
    schema: Schema,
    identity: Identity,
    recorded_at: datetime,
    rejects_folder: Path,
    feed: str | None = None,
    kind: str | None = None,
    mapping: Path | None = None,
    language: Language = "en",
) -> LoadOutcome:
    """Load the files under the paths and return what came of each.

    What is referred to is loaded first. A file that cannot be used is refused whole, and files that refer to what it
    would have brought are held back; the others are loaded. `feed` and `kind` win over what the names of the files
    tell; with a `mapping` (a file, or the name of a ready one) every file is read by it.

    Raises LoadError for a missing path or a faulty mapping, SchemaError for a mapping without the form of one, and
    LedgerError where the ledger cannot be written.
    """
    chosen = load_mapping(find_mapping(mapping), schema) if mapping else None
    if chosen:
        feed, kind = feed or chosen.feed, chosen.kinds[0]
    found = find_files(paths, schema=schema, feed=feed, kind=kind)
    loading = Loading(ledger, schema, identity, recorded_at, rejects_folder, language, KnownIds(ledger, schema))
    reports = []
    refused: dict[str, str] = {}
    for file in found.files:
        report = _load_one(file, chosen, loading, refused)
        reports.append(report)
        logger.info(
            "file taken",
            extra={"status": report.status, "load_id": report.load_id, "feed": report.feed, **report.rows.to_dict()},
        )
    return LoadOutcome(tuple(reports), found.unknown)


def _load_one(file: FeedFile, mapping: Mapping | None, loading: Loading, refused: dict[str, str]) -> LoadReport:
    """Load one file; a refused or held back one adds its kinds to `refused`, by kind the name of the file."""
    kinds: tuple[str, ...] = ()
    try:
        plan = plan_of(file, schema=loading.schema, mapping=mapping)
        kinds = plan.kinds
        missing = sorted(refers_to(kinds, loading.schema) & refused.keys())
        if missing:
            reason = LoadError("held_back", kind=missing[0], other=refused[missing[0]])
            refused.update(dict.fromkeys(kinds, file.name))
            return LoadReport(file.path, "held_back", plan.feed, plan.version, reason=reason)
        data = _read_bytes(file.path)
        file_hash = sha256(data).hexdigest()
        before = _loaded_before(plan, file_hash, loading.ledger)
        if before:
            return LoadReport(file.path, "known", plan.feed, plan.version, reason=before)
        return _append(_judged(plan, data, file_hash, loading), loading)
    except LoadError as fault:
        refused.update(dict.fromkeys(kinds, file.name))
        return LoadReport(file.path, "refused", file.feed, reason=fault)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise LoadError("unreadable_file", file=path, reason=fault.strerror or fault) from fault


def _loaded_before(plan: LoadPlan, file_hash: str, ledger: Ledger) -> LoadError | None:
    """Return why the file need not be loaded, None if it must be.

    A load that accepted nothing does not count as one: its rows may have waited for what they refer to.
    """
    if ledger.load_with_hash(plan.feed, file_hash) is None:
        return None
    loads = ledger.loads()
    same = loads.filter(
        pc.and_(
            pc.and_(pc.equal(loads["feed"], plan.feed), pc.equal(loads["file_hash"], file_hash)),
            pc.and_(pc.equal(loads["mapping_version"], plan.version), pc.greater(loads["accepted_count"], 0)),
        )
    ).to_pylist()
    if not same:
        return None
    last = same[-1]
    return LoadError(
        "already_loaded",
        load_id=last["load_id"],
        accepted=last["accepted_count"],
        rejected=last["rejected_count"],
    )


def _judged(plan: LoadPlan, data: bytes, file_hash: str, loading: Loading) -> JudgedFile:
    origin = read_origin(plan.path.parent)
    read = read_planned(plan, data, loading.schema)
    checked = tuple(
        check_facts(facts, schema=loading.schema, identity=loading.identity, feed=plan.feed, lines=read.raw.lines)
        for facts in read.facts
    )
    verdict = judge(checked, lines=read.raw.lines, known=loading.known.of, schema=loading.schema)
    return JudgedFile(plan, file_hash, origin, read, checked, verdict)


def _append(judged: JudgedFile, loading: Loading) -> LoadReport:
    """Append what is kept of the file as one load, and write its rejects file before the load counts."""
    plan, rows = judged.plan, judged.rows
    is_made_up = bool(judged.origin and judged.origin.is_made_up)
    with loading.ledger.writing() as writer:
        # Another process may have loaded it while this one was checking.
        before = _loaded_before(plan, judged.file_hash, loading.ledger)
        if before:
            return LoadReport(plan.path, "known", plan.feed, plan.version, reason=before)
        load_id = writer.begin(feed=plan.feed, started_at=loading.recorded_at)
        origin = FactOrigin(plan.feed, load_id, loading.recorded_at, is_made_up, judged.read.raw.lines)
        schemas = {kind: loading.ledger.arrow_schema(kind) for kind in plan.kinds}
        tables = kept_facts(judged.checked, judged.verdict, origin, schemas)
        for kind, table in tables.items():
            writer.append(load_id, kind, table)
        source = RejectSource(plan.path.name, judged.read.raw, judged.checked, judged.verdict)
        rejects_file = _write_rejects(source, judged, load_id, loading) if rows.rejected else None
        writer.count(
            LoadRecord(
                load_id=load_id,
                feed=plan.feed,
                file_name=plan.path.name,
                file_hash=judged.file_hash,
                mapping_version=plan.version,
                read_count=rows.read,
                accepted_count=rows.accepted,
                rejected_count=rows.rejected,
                started_at=loading.recorded_at,
                finished_at=loading.recorded_at,
                is_made_up=is_made_up,
                origin=judged.origin.label if judged.origin else None,
            )
        )
    for kind, table in tables.items():
        if "id" in table.column_names:
            loading.known.add(kind, table["id"].combine_chunks())
    return LoadReport(
        plan.path,
        "loaded",
        plan.feed,
        plan.version,
        load_id,
        rows=rows,
        by_kind=judged.by_kind,
        rejects=tuple(islice(source.rejects(), SHOWN_REJECTS)),
        rejects_file=rejects_file,
        is_made_up=is_made_up,
        origin=judged.origin.label if judged.origin else None,
    )


def _write_rejects(source: RejectSource, judged: JudgedFile, load_id: str, loading: Loading) -> Path:
    path = loading.rejects_folder / f"{judged.plan.rejects_name}.{load_id}.rejects.csv"
    write_rejects(path, source, judged.read.first_lines, delimiter=judged.plan.delimiter, language=loading.language)
    return path
