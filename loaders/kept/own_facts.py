"""Facts that the product itself says, entered into the ledger as one load like those of any feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import pyarrow as pa

from ledger import Ledger, LoadRecord, Writer

# `derived` is what was computed, `office` what a person decided of cases, `trade` what was agreed, `revitalisation` the
# help that was promised and given (feeds.yaml).
DERIVED, OFFICE, TRADE, REVITALISATION = "derived", "office", "trade", "revitalisation"
# Rows of a file are counted from its first line; what the product says itself has no file.
FIRST_ROW = 1
# The current view adds these; they are no columns of a table.
OF_THE_FACT = ("feed", "is_made_up")


@dataclass(frozen=True)
class OwnFacts:
    """Facts of one kind: `columns` by name, equally long; a column of the kind that is left out is empty.

    `is_made_up`: of each fact, or of all. `valid_from`: the day in the world from which they hold.
    """

    columns: Mapping[str, Sequence[object] | pa.Array]
    is_made_up: Sequence[bool] | bool = False
    valid_from: date | None = None

    def __len__(self) -> int:
        """Return the number of facts."""
        return len(next(iter(self.columns.values())))


def facts_of(rows: Sequence[Mapping[str, object]], *, valid_from: date) -> OwnFacts:
    """Return rows of one kind as facts that hold from a day on; all have the same columns and say if they are made up.

    A state of a thing is said with all of its columns: the newest word of a feed replaces the one before.
    """
    columns = {name: [row[name] for row in rows] for name in rows[0] if name not in OF_THE_FACT}
    return OwnFacts(columns, is_made_up=[bool(row["is_made_up"]) for row in rows], valid_from=valid_from)


def keep_own_facts(
    ledger: Ledger,
    facts: Mapping[str, OwnFacts],
    *,
    feed: str,
    name: str,
    recorded_at: datetime,
    wait_seconds: float = 0.0,
) -> str:
    """Append facts by kind as one load of a feed that counts, and return its load id.

    `name` stands where other loads have the name of their file. Raises LedgerLocked after `wait_seconds`, and
    FactsRefused where the facts do not have the form of their kind; then nothing counts.
    """
    with ledger.writing(wait_seconds) as writer:
        return write_own_facts(ledger, writer, facts, feed=feed, name=name, recorded_at=recorded_at)


def write_own_facts(
    ledger: Ledger, writer: Writer, facts: Mapping[str, OwnFacts], *, feed: str, name: str, recorded_at: datetime
) -> str:
    """Do what `keep_own_facts` does for who holds the lock: what was read under it is true until then."""
    count = sum(map(len, facts.values()))
    all_made_up = all(each.is_made_up is True or _all_made_up(each) for each in facts.values())
    load_id = writer.begin(feed=feed, started_at=recorded_at)
    for kind, own in facts.items():
        writer.append(load_id, kind, _table(ledger.arrow_schema(kind), own, feed, load_id, recorded_at))
    writer.count(
        LoadRecord(
            load_id=load_id,
            feed=feed,
            file_name=name,
            # Nothing was read from a file, and no two loads of our own are the same.
            file_hash=sha256(load_id.encode()).hexdigest(),
            mapping_version=None,
            read_count=count,
            accepted_count=count,
            rejected_count=0,
            started_at=recorded_at,
            finished_at=recorded_at,
            is_made_up=all_made_up,
        )
    )
    return load_id


def _all_made_up(facts: OwnFacts) -> bool:
    return not isinstance(facts.is_made_up, bool) and len(facts) > 0 and all(facts.is_made_up)


def _table(schema: pa.Schema, facts: OwnFacts, feed: str, load_id: str, recorded_at: datetime) -> pa.Table:
    count = len(facts)
    constants = {
        "feed": feed,
        "load_id": load_id,
        "recorded_at": recorded_at,
        "valid_from": facts.valid_from,
        "valid_to": None,
        "quality": None,
    }
    arrays = []
    for field in schema:
        if field.name == "source_row":
            arrays.append(pa.array(range(FIRST_ROW, FIRST_ROW + count), field.type))
        elif field.name == "is_made_up":
            flags = [facts.is_made_up] * count if isinstance(facts.is_made_up, bool) else facts.is_made_up
            arrays.append(pa.array(flags, field.type))
        elif field.name in constants:
            arrays.append(pa.repeat(pa.scalar(constants[field.name], field.type), count))
        elif field.name in facts.columns:
            given = facts.columns[field.name]
            arrays.append(given if isinstance(given, pa.Array) else pa.array(given, field.type))
        else:
            arrays.append(pa.nulls(count, field.type))
    return pa.table(arrays, schema=schema)
