"""Which files of one call are one snapshot together, and what that snapshot lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.fact_keys import ends_by_missing
from loaders.files.feed_file import FeedFile
from loaders.load_plan import LoadPlan
from loaders.loading import JudgedFile, Loading
from loaders.snapshot import Absent, SnapshotRows

SNAPSHOT = "snapshot"
MOST_MISSING_SHARE, FEW_MISSING = "snapshot.most_missing_share", "snapshot.few_missing"


@dataclass(frozen=True)
class Group:
    """Files of one feed and kind with the same day in their names (None where they tell none)."""

    feed: str
    day: date | None
    kind: str


class SnapshotGroups:
    """The snapshots of one call. `plans`: by place in the call; `new`: the places of files not loaded before."""

    def __init__(self, plans: Mapping[int, LoadPlan], new: Collection[int], loading: Loading) -> None:
        self._loading = loading
        self._rows: dict[Group, SnapshotRows] = {}
        self._last: dict[Group, int] = {}
        for place, plan in plans.items():
            for group in groups_of(plan, loading.schema):
                self._rows[group] = SnapshotRows(is_whole=not loading.options.is_part)
                if place in new or loading.options.ends_all:
                    self._last[group] = place

    def needs(self, plan: LoadPlan) -> bool:
        """Return whether the rows of a file that was loaded before are needed to tell what is missing."""
        return any(group in self._last for group in groups_of(plan, self._loading.schema))

    def cannot_use(self, plan: LoadPlan) -> None:
        """Note that a file of a snapshot is not there, so nobody can tell what is missing."""
        for group in groups_of(plan, self._loading.schema):
            self._rows[group].is_whole = False

    def cannot_tell(self, file: FeedFile) -> None:
        """Note that nobody can tell what is in a file, so it may hold what the snapshots seem to lack."""
        for group, rows in self._rows.items():
            if file.feed in (None, group.feed) and file.kind in (None, group.kind):
                rows.is_whole = False

    def add(self, judged: JudgedFile) -> None:
        """Take in the rows of a file."""
        groups = list(groups_of(judged.plan, self._loading.schema))
        for group in groups:
            rows = self._rows[group]
            if judged.read.is_rejects_file or judged.read.raw.ragged:
                rows.is_whole = False
            for part in judged.checked:
                if part.table.name == group.kind:
                    rows.add(part)

    def absent_with(self, place: int, plan: LoadPlan) -> tuple[list[Absent], list[LoadError]]:
        """Return what the snapshots lack that are whole with the file at this place, and why others end nothing."""
        absent, notes = [], []
        for group in groups_of(plan, self._loading.schema):
            if self._last.get(group) != place or self._loading.options.is_part:
                continue
            found = self._absent(group)
            count = len(found.keys)
            if count and not self._rows[group].is_whole:
                notes.append(LoadError("snapshot_not_whole", feed=group.feed, kind=group.kind, missing=count))
            elif self._is_too_much(found):
                told = {"feed": group.feed, "kind": group.kind, "missing": count, "held": found.held_count}
                notes.append(LoadError("snapshot_lacks_much", **told))
            elif count:
                absent.append(found)
        return absent, notes

    def _absent(self, group: Group) -> Absent:
        loading = self._loading
        return self._rows[group].absent(
            loading.ledger,
            loading.schema.fact_table(group.kind),
            feed=group.feed,
            recorded_at=loading.recorded_at,
            day=loading.options.shows or group.day,
        )

    def _is_too_much(self, found: Absent) -> bool:
        options, policy = self._loading.options, self._loading.policy
        day = options.clock().date()
        few, share = (policy.number(key, day=day) for key in (FEW_MISSING, MOST_MISSING_SHARE))
        missing, held = len(found.keys), found.held_count
        is_usual = missing <= share * held or missing <= min(few, held - 1)
        return not (is_usual or options.ends_all)


def groups_of(plan: LoadPlan, schema: Schema) -> Iterator[Group]:
    """Yield the snapshots that the file is of, one per kind; none where its feed gives changes."""
    if schema.feeds[plan.feed].feed_mode == SNAPSHOT:
        for kind in plan.kinds:
            if ends_by_missing(schema.fact_table(kind)):
                yield Group(plan.feed, plan.day, kind)
