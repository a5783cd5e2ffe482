"""From feed files to facts in the ledger: one load per file, every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping as ByKey
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from logging import getLogger
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from ledger import Ledger
from loaders.checks.fact_warning import FactWarning
from loaders.checks.warnings import warnings_of
from loaders.errors import LoadError
from loaders.files.content import Content, open_content
from loaders.files.feed_file import FeedFile
from loaders.files.found import find_files
from loaders.files.reads import Reads
from loaders.known_ids import KnownIds
from loaders.leftovers import remove_leftovers
from loaders.load_options import FilesGiven, LoadOptions, Step
from loaders.load_place import LoadPlace
from loaders.load_plan import LoadPlan, day_in, plan_of, refers_to, refuse_columns_of_ready_mapping
from loaders.load_writing import Findings, write_load, written_ledger
from loaders.loading import JudgedFile, Loading, judge_file
from loaders.mapping import Mapping, find_mapping, load_mapping
from loaders.report import LoadOutcome, LoadReport, Status
from loaders.snapshot_groups import SnapshotGroups, groups_of

logger = getLogger(__name__)


def load_files(
    files: FilesGiven, place: LoadPlace, *, recorded_at: datetime, options: LoadOptions | None = None
) -> LoadOutcome:
    """Load the files into the place and return what came of each.

    What is referred to is loaded first. A file that cannot be used is refused whole, and files that refer to what it
    would have brought are held back; the others are loaded. Files of a snapshot feed with the same day in their names
    are one snapshot: what the feed held before and they lack has ended.

    Raises LoadError for a missing path or a faulty mapping, SchemaError for a mapping without the form of one, and
    LedgerError where the ledger cannot be written.
    """
    schema = place.schema
    mapping = load_mapping(find_mapping(files.mapping), schema) if files.mapping else None
    if mapping:
        files = replace(files, feed=files.feed or mapping.feed, kind=mapping.kinds[0])
    reads = mapping.reads if mapping else None
    found = find_files(files.paths, schema=schema, feed=files.feed, kind=files.kind, reads=reads)
    loading = Loading(
        ledger=place.ledger,
        schema=schema,
        policy=place.policy,
        identity=place.identity,
        recorded_at=recorded_at,
        rejects_folder=place.rejects_folder,
        known=KnownIds(place.ledger, schema),
        options=options or LoadOptions(),
    )
    reports = _Files(found.files, mapping, loading).load()
    return LoadOutcome(tuple(reports), found.unknown)


class _Files:
    """The files of one call, taken one after the other."""

    def __init__(self, files: Sequence[FeedFile], mapping: Mapping | None, loading: Loading) -> None:
        self._files = files
        self._loading = loading
        self._refused: dict[str, str] = {}
        self._is_tidy = False
        self._plans: list[LoadPlan | LoadError] = [_planned(file, mapping, loading.schema) for file in files]
        plans = {place: plan for place, plan in enumerate(self._plans) if isinstance(plan, LoadPlan)}
        self._snapshots = SnapshotGroups(plans, _new_places(plans, loading), loading)
        for file, plan in zip(files, self._plans, strict=True):
            if isinstance(plan, LoadError):
                self._snapshots.cannot_tell(file)

    def load(self) -> list[LoadReport]:
        """Return one report per file."""
        reports = []
        for place, (file, plan) in enumerate(zip(self._files, self._plans, strict=True)):
            report = self._refusal(file, plan) if isinstance(plan, LoadError) else self._loaded(place, plan)
            reports.append(replace(report, name=file.name))
            self._loading.options.on_report(reports[-1])
            told = {"status": report.status, "load_id": report.load_id, "feed": report.feed}
            logger.info("file taken", extra={**told, **report.rows.to_dict()})
        return reports

    def _refusal(self, file: FeedFile, reason: LoadError) -> LoadReport:
        if file.kind:
            self._refused[file.kind] = file.name
        return LoadReport(file.path, "refused", file.feed, reason=self._better_told(file, reason))

    def _better_told(self, file: FeedFile, reason: LoadError) -> LoadError:
        """Return that a ready mapping reads the file, where one does whose name tells no kind; else the reason."""
        if reason.code != "name_tells_no_kind":
            return reason
        try:
            content = open_content(file, standard_input=self._loading.options.standard_input)
            refuse_columns_of_ready_mapping(content.table(Reads()).columns, file.name, self._loading.schema)
        except LoadError as told:
            return told if told.code == "columns_of_ready_mapping" else reason
        return reason

    def _loaded(self, place: int, plan: LoadPlan) -> LoadReport:
        """Load one file; the kinds of a refused or held back one go to `_refused`, with the name of the file."""
        missing = sorted(refers_to(plan.kinds, self._loading.schema) & self._refused.keys())
        try:
            if missing:
                raise LoadError("held_back", kind=missing[0], other=self._refused[missing[0]])
            self._step("reading", place, plan)
            return self._taken(
                place, plan, open_content(plan.file, standard_input=self._loading.options.standard_input)
            )
        except LoadError as reason:
            self._refused.update(dict.fromkeys(plan.kinds, plan.file.name))
            self._snapshots.cannot_use(plan)
            status: Status = "held_back" if missing else "refused"
            rejects = reason.fields["list"] if reason.code == "too_many_rejects" else None
            written = rejects if isinstance(rejects, Path) and rejects.exists() else None
            return LoadReport(plan.path, status, plan.feed, plan.version, reason=reason, rejects_file=written)

    def _taken(self, place: int, plan: LoadPlan, content: Content) -> LoadReport:
        before = loaded_before(plan, content.file_hash, self._loading.ledger)
        if before and not self._snapshots.needs(plan):
            return _known(plan, before)
        self._step("checking", place, plan)
        judged = judge_file(plan, content, self._loading)
        self._snapshots.add(judged)
        if before and not self._loading.options.ends_all:
            return _known(plan, before)
        self._step("writing", place, plan)
        with written_ledger(self._loading) as writer:
            if writer is not None and not self._is_tidy:
                remove_leftovers(self._loading.ledger, self._loading.rejects_folder)
                self._is_tidy = True
            # Another process may have loaded it while this one was checking.
            before = loaded_before(plan, content.file_hash, self._loading.ledger)
            absent, notes = self._snapshots.absent_with(place, plan)
            notes = [*judged.notes, *notes]
            if before:
                if not absent:
                    return _known(plan, before)
                judged = judged.without_rows()
            report = write_load(judged, Findings(self._warnings(judged), absent, notes), writer, self._loading)
        self._remember(judged)
        return report

    def _warnings(self, judged: JudgedFile) -> list[FactWarning]:
        loading = self._loading
        return warnings_of(
            judged.judged_facts,
            ledger=loading.ledger,
            schema=loading.schema,
            policy=loading.policy,
            recorded_at=loading.recorded_at,
        )

    def _remember(self, judged: JudgedFile) -> None:
        for part, stays in zip(judged.checked, judged.verdict.stays, strict=True):
            if "id" in part.typed:
                if self._loading.options.is_dry_run:
                    # What is not in the ledger has to be kept from now on.
                    self._loading.known.of(part.facts.kind)
                self._loading.known.add(part.facts.kind, part.typed["id"].filter(pa.array(stays)))

    def _step(self, step: Step, place: int, plan: LoadPlan) -> None:
        self._loading.options.on_step(step, place + 1, len(self._files), plan.file.name)


def _planned(file: FeedFile, mapping: Mapping | None, schema: Schema) -> LoadPlan | LoadError:
    try:
        return plan_of(file, schema=schema, mapping=mapping)
    except LoadError as reason:
        return reason


def _known(plan: LoadPlan, before: LoadError) -> LoadReport:
    return LoadReport(plan.path, "known", plan.feed, plan.version, reason=before)


def _new_places(plans: ByKey[int, LoadPlan], loading: Loading) -> set[int]:
    """Return the places of the files of snapshots that have not been loaded before."""
    of_snapshots = {place: plan for place, plan in plans.items() if any(groups_of(plan, loading.schema))}
    loads = loading.ledger.loads()
    heard = set(loads["feed"].to_pylist())
    return {place for place, plan in of_snapshots.items() if plan.feed not in heard or _is_new(plan, loading)}


def _is_new(plan: LoadPlan, loading: Loading) -> bool:
    if plan.file.is_standard_input:
        return True
    try:
        content = open_content(plan.file, standard_input=None)
    except LoadError:
        return False
    return loaded_before(plan, content.file_hash, loading.ledger) is None


def loaded_before(plan: LoadPlan, file_hash: str, ledger: Ledger) -> LoadError | None:
    """Return why the file need not be loaded, None if it must be.

    A load that accepted nothing does not count as one: its rows may have waited for what they refer to. Nor does one
    of another day: a snapshot may look like an earlier one again.
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
    of_day = [load for load in same if plan.day is None or day_in(load["file_name"]) in (None, plan.day)]
    if not of_day:
        return None
    last = of_day[-1]
    return LoadError(
        "already_loaded",
        load_id=last["load_id"],
        accepted=last["accepted_count"],
        rejected=last["rejected_count"],
    )
