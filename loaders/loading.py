"""What all files of one call share, and one file of it as it was read and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from graph_schema import Schema
from ledger import Ledger
from loaders.checks.facts import Checked, check_facts
from loaders.checks.statements import JudgedFacts
from loaders.checks.verdict import Verdict, judge
from loaders.errors import LoadError
from loaders.files.content import Content
from loaders.files.origin import Origin, origin_of
from loaders.files.raw_table import RawTable
from loaders.identity import Identity
from loaders.known_ids import KnownIds
from loaders.ledger_facts import FactOrigin, kept_facts
from loaders.load_options import LoadOptions
from loaders.load_plan import LoadPlan, ReadFile, read_planned
from loaders.report import Counts
from policy import Policy

# So many lines are named of rows that give no fact.
SHOWN_LINES = 10


@dataclass(frozen=True)
class Loading:
    """What all files of one call share."""

    ledger: Ledger
    schema: Schema
    policy: Policy
    identity: Identity
    recorded_at: datetime
    rejects_folder: Path
    known: KnownIds
    options: LoadOptions


@dataclass(frozen=True)
class JudgedFile:
    """A file read and checked, with the verdict on its rows."""

    plan: LoadPlan
    file_hash: str
    delimiter: str
    origin: Origin | None
    read: ReadFile
    checked: tuple[Checked, ...]
    verdict: Verdict

    @property
    def is_made_up(self) -> bool:
        """Return whether its folder says that its rows are made up."""
        return bool(self.origin and self.origin.is_made_up)

    @property
    def rows(self) -> Counts:
        """Return the rows of the file."""
        accepted = int((~self.verdict.is_rejected).sum())
        return Counts(self.read.raw.row_count, accepted, self.read.raw.row_count - accepted)

    @property
    def notes(self) -> list[LoadError]:
        """Return that rows give no fact at all, where a mapping chooses none of its facts for them."""
        says = np.zeros(len(self.read.raw.lines), np.bool_)
        for part in self.read.facts:
            says |= part.fact_of_row >= 0
        silent = self.read.raw.lines[~says].tolist()
        if self.plan.mapping is None or not silent:
            return []
        lines = ", ".join(map(str, silent[:SHOWN_LINES])) + (" …" if len(silent) > SHOWN_LINES else "")
        return [LoadError("rows_give_nothing", count=len(silent), lines=lines, mapping=self.plan.mapping.name)]

    @property
    def by_kind(self) -> tuple[tuple[str, Counts], ...]:
        """Return the facts that the rows say, by kind."""
        counts = dict.fromkeys(self.plan.kinds, Counts())
        for part, stays in zip(self.checked, self.verdict.stays, strict=True):
            kept = int(stays.sum())
            counts[part.facts.kind] += Counts(len(stays), kept, len(stays) - kept)
        return tuple(counts.items())

    @property
    def judged_facts(self) -> JudgedFacts:
        """Return what the file says with the verdict on it, as the checks for warnings take it."""
        return JudgedFacts(self.plan.file.name, self.plan.feed, self.read.raw.lines, self.checked, self.verdict)

    def without_rows(self) -> JudgedFile:
        """Return the file as if it had no rows: they count already, only what they lack is still to be said."""
        nothing = np.zeros(0, np.int64)
        raw = RawTable(self.read.raw.cells.slice(0, 0), nothing)
        verdict = Verdict(np.zeros(0, np.bool_), (), ())
        return replace(self, read=ReadFile(raw, nothing, ()), checked=(), verdict=verdict)

    def facts(self, load_id: str, loading: Loading) -> dict[str, pa.Table]:
        """Return what is kept of the file by kind, as facts of a load."""
        lines = self.read.raw.lines
        origin = FactOrigin(self.plan.feed, load_id, loading.recorded_at, self.is_made_up, lines)
        schemas = {kind: loading.ledger.arrow_schema(kind) for kind in self.plan.kinds}
        return kept_facts(self.checked, self.verdict, origin, schemas)


def judge_file(plan: LoadPlan, content: Content, loading: Loading) -> JudgedFile:
    """Return the file taken apart and checked. Raises LoadError where it cannot be used."""
    origin = origin_of(plan.file)
    read = read_planned(plan, content.table(plan.reads, plan.needs_cells_of), schema=loading.schema)
    checked = tuple(
        check_facts(facts, schema=loading.schema, identity=loading.identity, feed=plan.feed, lines=read.raw.lines)
        for facts in read.facts
    )
    lines = read.raw.lines
    verdict = judge(
        checked, lines=lines, known=loading.known.of, schema=loading.schema, recorded_at=loading.recorded_at
    )
    return JudgedFile(plan, content.file_hash, content.delimiter(plan.reads), origin, read, checked, verdict)
