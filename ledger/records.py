"""The table `loads`: a row when a load is counted or withdrawn, or facts are erased. Which loads count follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.messages import Label
from ledger.errors import FactsRefused
from ledger.tables import INSTANT

LOADS_TABLE = "loads"
COUNTED, WITHDRAWN, ERASED = "counted", "withdrawn", "erased"
EVENTS_SCHEMA = pa.schema(
    [
        ("sequence", pa.int64()),
        ("load_id", pa.string()),
        ("event", pa.string()),
        ("feed", pa.string()),
        ("file_name", pa.string()),
        ("file_hash", pa.string()),
        ("mapping_version", pa.string()),
        ("read_count", pa.int64()),
        ("accepted_count", pa.int64()),
        ("rejected_count", pa.int64()),
        ("started_at", INSTANT),
        ("finished_at", INSTANT),
        ("recorded_at", INSTANT),
        ("is_made_up", pa.bool_()),
        ("origin_en", pa.string()),
        ("origin_zh", pa.string()),
        ("why", pa.string()),
        ("erased_count", pa.int64()),
        ("is_backfill", pa.bool_()),
        ("warning_count", pa.int64()),
        ("repeated_count", pa.int64()),
        ("absent_count", pa.int64()),
    ]
)
LOADS_SCHEMA = pa.schema([field for field in EVENTS_SCHEMA if field.name not in ("event", "why", "erased_count")])
ERASURES_SCHEMA = pa.schema([EVENTS_SCHEMA.field(name) for name in ("sequence", "recorded_at", "why", "erased_count")])
ALL_LOADS_SCHEMA = pa.schema([*LOADS_SCHEMA, ("withdrawn_at", INSTANT), ("why", pa.string())])


@dataclass(frozen=True)
class LoadRecord:
    """What is kept about a load once it counts: file, mapping, rows, times and origin.

    `recorded_at` is when its facts became known to us, `finished_at` where None; `is_backfill`: they were entered later
    than that. `origin` says in both languages where the file is from, if it says so. Of the facts, `repeated_count`
    said again what the feed had said before, `warning_count` warnings were given, and `absent_count` things that the
    feed had said before were missing in its snapshot.
    """

    load_id: str
    feed: str
    file_name: str
    file_hash: str
    mapping_version: str | None
    read_count: int
    accepted_count: int
    rejected_count: int
    started_at: datetime
    finished_at: datetime
    is_made_up: bool = False
    origin: Label | None = None
    recorded_at: datetime | None = None
    is_backfill: bool = False
    warning_count: int = 0
    repeated_count: int = 0
    absent_count: int = 0


def counted_event(record: LoadRecord, sequence: int) -> pa.Table:
    """Return the row that makes a load count. Raises `counts_do_not_add_up` or `no_time_zone`."""
    if record.read_count != record.accepted_count + record.rejected_count:
        raise FactsRefused(
            "counts_do_not_add_up",
            read=record.read_count,
            accepted=record.accepted_count,
            rejected=record.rejected_count,
        )
    known_from = record.finished_at if record.recorded_at is None else record.recorded_at
    return _event(
        sequence=sequence,
        load_id=record.load_id,
        event=COUNTED,
        feed=record.feed,
        file_name=record.file_name,
        file_hash=record.file_hash,
        mapping_version=record.mapping_version,
        read_count=record.read_count,
        accepted_count=record.accepted_count,
        rejected_count=record.rejected_count,
        started_at=with_zone(record.started_at),
        finished_at=with_zone(record.finished_at),
        recorded_at=with_zone(known_from),
        is_made_up=record.is_made_up,
        origin_en=record.origin.en if record.origin else None,
        origin_zh=record.origin.zh if record.origin else None,
        is_backfill=record.is_backfill,
        warning_count=record.warning_count,
        repeated_count=record.repeated_count,
        absent_count=record.absent_count,
    )


def withdrawn_event(load_id: str, *, at: datetime, why: str, sequence: int) -> pa.Table:
    """Return the row that takes a load back. Raises `no_time_zone`."""
    return _event(sequence=sequence, load_id=load_id, event=WITHDRAWN, recorded_at=with_zone(at), why=why)


def erased_event(*, at: datetime, why: str, row_count: int, sequence: int) -> pa.Table:
    """Return the row that says that facts were erased: when, why and how many, nothing of what they were."""
    return _event(sequence=sequence, event=ERASED, recorded_at=with_zone(at), why=why, erased_count=row_count)


def _event(**values: object) -> pa.Table:
    return pa.Table.from_pylist([values], schema=EVENTS_SCHEMA)


def with_zone(instant: datetime) -> datetime:
    """Return the instant. Raises `no_time_zone` where it has none, since it could mean several instants."""
    if instant.tzinfo is None:
        raise FactsRefused("no_time_zone", value=instant.isoformat())
    return instant


def events_until(events: pa.Table, *, as_of: datetime | None = None, loads_version: int | None = None) -> pa.Table:
    """Return the events known at an instant, and those up to a version; all where None."""
    known = events
    if as_of is not None:
        known = known.filter(pc.less_equal(known["recorded_at"], pa.scalar(with_zone(as_of), INSTANT)))
    if loads_version is not None:
        known = known.filter(pc.less_equal(known["sequence"], loads_version))
    return known


def counting_loads(events: pa.Table) -> pa.Table:
    """Return the loads that were counted and not withdrawn, in the order they were counted."""
    withdrawn = events.filter(pc.equal(events["event"], WITHDRAWN))["load_id"]
    counted = events.filter(pc.equal(events["event"], COUNTED))
    standing = counted.filter(pc.invert(pc.is_in(counted["load_id"], value_set=withdrawn.combine_chunks())))
    return standing.select(LOADS_SCHEMA.names).sort_by("sequence")


def erasures(events: pa.Table) -> pa.Table:
    """Return every erasure in order: `sequence`, `recorded_at`, `why` and `erased_count`, the number of its rows."""
    erased = events.filter(pc.equal(events["event"], ERASED)).select(ERASURES_SCHEMA.names)
    return erased.sort_by("sequence")


def loads_with_withdrawals(events: pa.Table) -> pa.Table:
    """Return every load that was ever counted, in order, with `withdrawn_at` and `why` where it was withdrawn."""
    withdrawn = {
        row["load_id"]: row
        for row in events.filter(pc.equal(events["event"], WITHDRAWN))
        .select(["load_id", "recorded_at", "why"])
        .to_pylist()
    }
    counted = events.filter(pc.equal(events["event"], COUNTED)).select(LOADS_SCHEMA.names).sort_by("sequence")
    ends = [withdrawn.get(load_id, {}) for load_id in counted["load_id"].to_pylist()]
    return counted.append_column(
        "withdrawn_at", pa.array([end.get("recorded_at") for end in ends], INSTANT)
    ).append_column("why", pa.array([end.get("why") for end in ends], pa.string()))


def last_sequence(events: pa.Table) -> int:
    """Return the highest sequence of the events, -1 when there is none."""
    highest = pc.max(events["sequence"]).as_py()
    return -1 if highest is None else int(highest)
